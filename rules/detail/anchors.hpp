// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// Something that an article must hold for a rule to be true, found by one look into a table.
struct Anchor {
  enum class Kind : std::uint8_t {
    word,    ///< a word's hash
    pair,    ///< `pair_key` of two neighbouring words
    head,    ///< `head_key` of a word's first characters
    entity,  ///< a mention of the entity `key` (an index into the rule's own entities)
    regex,   ///< a match of the regex, found by its literals; `leaf` is set
  } kind{};
  std::uint64_t key = 0;
  const Node* leaf = nullptr;
};

/// A set of anchors of which one must be there, and how rare that is: greater is rarer.
struct Anchors {
  std::vector<Anchor> any;
  int rarity = 0;
};

/// The key of two neighbouring words.
constexpr std::uint64_t pair_key(std::uint64_t first, std::uint64_t second) noexcept {
  return (first * 0x9E3779B97F4A7C15ULL) ^ ((second << 31U) | (second >> 33U));
}

/// Heads are the first 3 to 6 characters of a word.
inline constexpr std::uint32_t kMinHead = 3, kMaxHead = 6;

/// The key of a word's beginning, folded.
std::uint64_t head_key(std::string_view head) noexcept;

/// What must be in an article for `node` to hold, chosen to be rare. Empty when nothing must: the
/// rule then has to be evaluated for every article.
std::optional<Anchors> anchors_of(const Node& node);

}  // namespace tocsin::rules::detail
