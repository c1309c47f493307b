// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// A few words of which one must be there, by their hashes and by how they begin.
struct Companions {
  static constexpr std::size_t kMost = 4;
  struct Word {
    std::uint64_t hash = 0;
    std::uint32_t head = 0;  ///< the first kMinHead bytes of the folded word, 0: it is shorter
  };
  std::array<Word, kMost> any{};
  std::size_t count = 0;
  bool by_head = false;  ///< a wildcard is among them, which has no hash
  int rarity = 0;
  std::uint32_t window = 0;  ///< at most so many words from the anchor; 0: anywhere
};

/// The widest window that is kept; wider ones are of little use.
inline constexpr std::uint32_t kMaxWindow = 64;

/// Heads are the first 3 to 8 bytes of a folded word.
inline constexpr std::size_t kMinHead = 3, kMaxHead = 8;

/// Something that an article must hold for a rule to be true, found by one look into a table.
struct Anchor {
  enum class Kind : std::uint8_t {
    word,     ///< a word's hash
    pair,     ///< `pair_key` of two neighbouring words
    head,     ///< `head_key` of a word's first bytes
    stem,     ///< `stem_key` of a word's stem in one language
    entity,   ///< a mention of the entity `key` (an index into the rule's own entities)
    literal,  ///< one of `texts`, inside the folded words (regex.hpp)
  } kind{};
  std::uint64_t key = 0;
  const Node* leaf = nullptr;  ///< where it comes from, for `word` and `pair`
  std::uint32_t offset = 0;    ///< which of the leaf's words it is, or the second of a pair
  std::vector<std::string> texts, beside;  ///< for `literal`; one of `beside` must be there too
  Companions companions;                   ///< what must be there too; none when the count is 0
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

/// The key of a head: `bytes` are its bytes, the first one lowest, the rest 0.
constexpr std::uint64_t head_key(std::uint64_t bytes, std::size_t length) noexcept {
  const auto mixed = (bytes + length) * 0x9E3779B97F4A7C15ULL;
  return (mixed ^ (mixed >> 32U)) * 0xD6E8FEB86659FD93ULL;
}

/// What must be in an article for `node` to hold, chosen to be rare. Empty when nothing must: the
/// rule then has to be evaluated for every article.
std::optional<Anchors> anchors_of(const Node& node);

/// True when `node` is words and phrases joined by OR, all of them sought in the whole text as they
/// fold: a leaf that stands in an article is then a hit, without more ado.
bool is_plain_choice(const Node& node);

}  // namespace tocsin::rules::detail
