// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules::names {

/// What is known about a word: bits.
enum Fact : std::uint16_t {
  kTitle = 1U << 0,
  kWeakTitle = 1U << 1,  ///< says little: "mr", "dr"; it makes no name of what follows
  kParticle = 1U << 2,
  kConjunction = 1U << 3,  ///< joins two names or two clauses: "and", "и", "ve"
  kCommonFamily = 1U << 4,
  kEasternFamily = 1U << 5,
  kLegalSuffix = 1U << 6,
  kGiven = 1U << 7,
  kFunction = 1U << 8,      ///< begins many sentences, and no name sounds like it by design: "when"
  kAbbreviation = 1U << 9,  ///< letters with full stops that are nobody's initials: "D.C."
  kWord = 1U << 10,         ///< a word of news: a name only as itself: "house" is no José
};

/// Words of English news that are no names, blank-separated.
std::string_view news_words() noexcept;

/// Facts about words of names, by their folded form. Any thread: immutable.
class Lexicon {
 public:
  /// All that is known about the folded word of this hash (`text::word_hash`): `Fact`s.
  [[nodiscard]] static std::uint16_t facts(std::uint64_t hash) noexcept;
  /// An honorific or office in front of a name: "ayatollah", "президент", "sir".
  [[nodiscard]] static bool title(std::string_view word);
  /// A word inside a family name: "al", "von", "de", "bin".
  [[nodiscard]] static bool particle(std::string_view word);
  /// A family name that many bear, or that is a word: never enough by itself.
  [[nodiscard]] static bool common_family(std::string_view word);
  /// A family name of China, Korea or Vietnam, which is written in front.
  [[nodiscard]] static bool eastern_family(std::string_view word);
  /// "Inc", "GmbH", "OOO": what a company's name may lack.
  [[nodiscard]] static bool legal_suffix(std::string_view word);
  /// True for a given name that the tables hold.
  [[nodiscard]] static bool given(std::string_view word);
  /// Other given names for the same one: other languages' forms and short forms.
  [[nodiscard]] static std::vector<std::string_view> equivalents(std::string_view word);
  /// The groups of forms of one given name that hold `word`: what has one in common is equivalent.
  [[nodiscard]] static std::span<const std::uint16_t> groups(std::string_view word);
};

}  // namespace tocsin::rules::names
