// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/spec.hpp"

namespace tocsin::rules {

/// Where a leaf looks: a set of these bits.
using Scope = std::uint16_t;
inline constexpr Scope kTitle = 1, kSummary = 2, kBody = 4, kLead = 8;
inline constexpr Scope kText = kTitle | kSummary | kBody;
/// Fields beside the text. They have no spans: a leaf in one of them is only true or false.
inline constexpr Scope kAuthor = 16, kTag = 32, kUrl = 64, kSite = 128, kFeed = 256, kLang = 512,
                       kLabel = 1024;
inline constexpr Scope kBeside = kAuthor | kTag | kUrl | kSite | kFeed | kLang | kLabel;

/// How a word must be written: a set of these bits, from CASE(), ACCENT(), EXACT() and so on.
using Forms = std::uint8_t;
inline constexpr Forms kKeepCase = 1, kKeepMarks = 2, kAllCaps = 4, kNoCaps = 8, kStem = 16,
                       kExact = 32;

/// One word of a term.
struct Word {
  std::string folded;      ///< by text::fold; `*` and `?` are wildcards
  std::string raw;         ///< as written, wildcards too
  std::uint64_t hash = 0;  ///< as text::Token carries it; 0 for a word with wildcards
  bool wild = false;
};

/// A word, a phrase, a regex, or an entity's key: what stands at the tips of a rule.
struct Leaf {
  std::vector<Word> words;  ///< one or more for `words`; else empty
  std::string term;         ///< as configured: what a hit names
  std::string key;          ///< the entity's key, or the label's name
  Scope scope = kText;
  Forms forms = 0;
  bool case_sensitive = false;  ///< for a regex
};

/// words>400, age<24h, date>=2018-09-01
struct Comparison {
  enum class What : std::uint8_t { words, age, date } what{};
  enum class Op : std::uint8_t { less, less_equal, equal, greater_equal, greater } op{};
  std::int64_t value = 0;  ///< words; milliseconds; days since 1970
};

/// A rule as a tree. Brackets, `field:` and CASE() and its like are dissolved into the leaves.
struct Node {
  enum class Kind : std::uint8_t {
    words,         ///< a word or a phrase of the text: `leaf`
    regex,         ///< `leaf.term` without its slashes
    entity,        ///< `entity`: an index into Query::entities
    value,         ///< a word or a phrase in a field beside the text
    comparison,    ///< `comparison`
    any_of,        ///< OR
    all_of,        ///< AND
    negation,      ///< NOT: one child
    near,          ///< NEAR/n and W/(n+1)
    near_ordered,  ///< ONEAR/n and PRE/(n+1)
    not_near,      ///< NOT NEAR/n
    sentence,
    paragraph,
    except,
    at_least,  ///< ATLEAST/n: one child
    first,     ///< FIRST/n: one child
    some_of,   ///< n OF (...)
  } kind{};
  std::uint32_t n = 0;
  std::vector<Node> children;
  Leaf leaf;
  Comparison comparison;
  std::uint32_t entity = 0;
  std::uint32_t offset = 0, length = 0;  ///< bytes of the text that it was read from
  std::uint32_t code = 0;                ///< where it stands in the program, once it is there
  bool bracketed = false;
};

/// True for the kinds whose value is a set of spans and nothing else, so that words can be counted
/// from them.
bool has_spans(const Node& node) noexcept;

inline constexpr std::uint32_t kMaxLeaves = 10'000;
inline constexpr std::uint32_t kMaxDepth = 64;
inline constexpr std::uint32_t kMaxPhraseWords = 32;
inline constexpr std::uint32_t kMaxDistance = 1'000;
inline constexpr std::size_t kMaxRegexBytes = 1'000;

}  // namespace tocsin::rules
