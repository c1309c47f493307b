// SPDX-License-Identifier: MIT
//
// Every rule is hung up on something that each article it holds for must contain: of a phrase its
// rarest pair of neighbours, of an AND its rarest part, of an OR one of each alternative. Without a
// corpus at hand, rarity is judged by looks: pairs are rarer than words, long words than short
// ones.
#include "rules/detail/anchors.hpp"

#include <algorithm>

#include "rules/detail/regex.hpp"
#include "rules/words.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

constexpr int kPairBonus = 20, kHeadCost = 4, kEntityRarity = 30, kRegexRarity = 2;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Letters count; a short word is likely to be a common one, and so is a single Han letter.
int rarity_of(const Word& word) {
  return static_cast<int>(std::min<std::size_t>(characters(word.folded), 14));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < text.size(); ++i) text::next_code_point(text, at);
  return text.substr(0, at);
}

void consider(std::optional<Anchors>& best, Anchor anchor, int rarity) {
  if (!best || rarity > best->rarity) best = Anchors{{anchor}, rarity};
}

std::optional<Anchors> of_words(const Leaf& leaf) {
  if ((leaf.forms & kStem) != 0) return std::nullopt;
  std::optional<Anchors> best;
  for (std::size_t i = 0; i < leaf.words.size(); ++i) {
    const auto& word = leaf.words[i];
    if (word.wild) {
      const auto head = literal_head(word.folded);
      const auto count = characters(head);
      // Under EXACT the pattern is not the fold of the text; it still folds to it.
      if (count >= kMinHead)
        consider(
            best,
            {Anchor::Kind::head,
             head_key(first_characters(head, std::min<std::size_t>(count, kMaxHead))), nullptr},
            static_cast<int>(std::min<std::size_t>(count, kMaxHead)) - kHeadCost);
      continue;
    }
    consider(best, {Anchor::Kind::word, word.hash, nullptr}, rarity_of(word));
    if (i > 0 && !leaf.words[i - 1].wild)
      consider(best, {Anchor::Kind::pair, pair_key(leaf.words[i - 1].hash, word.hash), nullptr},
               kPairBonus + rarity_of(word) + rarity_of(leaf.words[i - 1]));
  }
  return best;
}

/// One of the first `count` sets of anchors, which are the rarest: all their anchors together.
std::optional<Anchors> together(std::vector<Anchors> sets) {
  Anchors out;
  if (sets.empty()) return std::nullopt;
  out.rarity = sets.front().rarity;
  for (auto& set : sets) {
    out.rarity = std::min(out.rarity, set.rarity);
    out.any.insert(out.any.end(), set.any.begin(), set.any.end());
  }
  return out;
}

/// k of n alternatives: when k hold, so does one of any n - k + 1.
std::optional<Anchors> of_some(const Node& node, std::size_t k) {
  std::vector<Anchors> sets;
  for (const auto& child : node.children)
    if (auto anchors = anchors_of(child)) sets.push_back(std::move(*anchors));
  const auto wanted = node.children.size() - k + 1;
  if (sets.size() < wanted) return std::nullopt;
  std::stable_sort(sets.begin(), sets.end(),
                   [](const Anchors& a, const Anchors& b) { return a.rarity > b.rarity; });
  sets.resize(wanted);
  return together(std::move(sets));
}

std::optional<Anchors> of_rarest(const Node& node) {
  std::optional<Anchors> best;
  for (const auto& child : node.children)
    if (auto anchors = anchors_of(child); anchors && (!best || anchors->rarity > best->rarity))
      best = std::move(anchors);
  return best;
}

}  // namespace

std::uint64_t head_key(std::string_view head) noexcept {
  return text::word_hash(head) ^ 0xC2B2AE3D27D4EB4FULL;
}

std::optional<Anchors> anchors_of(const Node& node) {
  switch (node.kind) {
    case Kind::words: return of_words(node.leaf);
    case Kind::entity:
      return Anchors{{{Anchor::Kind::entity, node.entity, nullptr}}, kEntityRarity};
    case Kind::regex:
      if (!has_literal(node.leaf.term, node.leaf.case_sensitive)) return std::nullopt;
      return Anchors{{{Anchor::Kind::regex, 0, &node}}, kRegexRarity};
    case Kind::value:
    case Kind::comparison:
    case Kind::negation: return std::nullopt;
    case Kind::any_of: return of_some(node, 1);
    case Kind::some_of: return of_some(node, node.n);
    case Kind::not_near:
    case Kind::except:
    case Kind::at_least:
    case Kind::first: return anchors_of(node.children.front());
    default: return of_rarest(node);
  }
}

}  // namespace tocsin::rules::detail
