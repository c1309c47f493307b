// SPDX-License-Identifier: MIT
#include "stories/detail/story_centre.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::stories::detail {
namespace {

constexpr std::size_t kMostWords = 400;
constexpr std::size_t kKeptWords = 300;

}  // namespace

void StoryCentre::add(const std::vector<Weight>& weights) {
  for (const auto& one : weights) sum_[one.hash] += one.weight;
  if (sum_.size() > kMostWords) keep_heaviest();
}

void StoryCentre::keep_heaviest() {
  std::vector<Weight> all;
  all.reserve(sum_.size());
  for (const auto& [hash, weight] : sum_) all.push_back({hash, weight});
  std::nth_element(all.begin(), all.begin() + kKeptWords, all.end(),
                   [](const Weight& a, const Weight& b) {
                     return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
                   });
  for (auto one = all.begin() + kKeptWords; one != all.end(); ++one) sum_.erase(one->hash);
}

float StoryCentre::likeness(const std::vector<Weight>& weights) const {
  float squares = 0;
  for (const auto& [hash, weight] : sum_) squares += weight * weight;
  if (squares <= 0) return 0;
  float product = 0;
  for (const auto& one : weights)
    if (const auto found = sum_.find(one.hash); found != sum_.end())
      product += one.weight * found->second;
  return product / std::sqrt(squares);
}

}  // namespace tocsin::stories::detail
