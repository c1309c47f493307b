// SPDX-License-Identifier: MIT
#include "stories/detail/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::stories::detail {
namespace {

constexpr float kGuessWeighs = 3'000;  // items that the first guess counts for
constexpr float kItemsToForget = 40'000;
constexpr float kCommon = 1;  // words with less information (in nats) than this have none
constexpr float kNameBonus = 1.6F;
constexpr float kNumberBonus = 1.3F;

/// In which share of items a word is, by its form alone.
float guess(const Term& term) {
  static constexpr std::array<float, 6> kByLetters = {0.25F, 0.25F, 0.25F, 0.08F, 0.02F, 0.012F};
  if (term.number) return 0.004F;
  if (term.letters > 3 && term.name) return 0.003F;
  return term.letters < kByLetters.size() ? kByLetters[term.letters] : 0.006F;
}

}  // namespace

std::vector<Weight> Vocabulary::weights(const Features& features) const {
  std::vector<Weight> out;
  out.reserve(features.terms.size());
  float squares = 0;
  for (const auto& term : features.terms) {
    const auto found = items_with_.find(term.hash);
    const float with = found == items_with_.end() ? 0 : found->second;
    const float share = (with + guess(term) * kGuessWeighs) / (items_ + kGuessWeighs);
    const float information = -std::log(share) - kCommon;
    if (information <= 0) continue;
    const float bonus = term.name ? kNameBonus : term.number ? kNumberBonus : 1;
    const float weight = (1 + std::log(term.count)) * information * bonus;
    squares += weight * weight;
    out.push_back({term.hash, weight});
  }
  const float length = squares > 0 ? std::sqrt(squares) : 1;
  for (auto& one : out) one.weight /= length;
  std::sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.hash < b.hash; });
  return out;
}

void Vocabulary::learn(const Features& features) {
  for (const auto& term : features.terms) items_with_[term.hash] += 1;
  items_ += 1;
  if (items_ >= kItemsToForget) forget_half();
}

void Vocabulary::forget_half() {
  items_ /= 2;
  for (auto& [hash, count] : items_with_) count /= 2;
  std::erase_if(items_with_, [](const auto& one) { return one.second < 1; });
}

}  // namespace tocsin::stories::detail
