// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rules/names/detail/alignment.hpp"
#include "rules/names/detail/words.hpp"

namespace tocsin::rules::names {

/// How much a word differs from a part of a name.
struct Likeness {
  float cost = 0;           ///< sum of the differences
  std::uint8_t length = 0;  ///< symbols of the longer side: cost / length is the difference
  std::uint8_t clitic = 0;  ///< bytes in front that are not the name's
  bool same = false;        ///< the very word, folded
  bool within = false;      ///< near enough to be considered
};

/// What the word is taken for.
enum class Role : std::uint8_t { given, family, whole };

/// Compares words of the text with parts of names. One thread at a time.
class Comparer {
 public:
  /// How alike they are; `joined`: the word is two of the text, which must fit better.
  Likeness compare(const Word& word, const Part& part, Role role, bool joined);

  /// To be called when words were forgotten.
  void forget() noexcept;

 private:
  /// What was found before: the same words meet the same names again and again.
  struct Known {
    const Word* word = nullptr;
    const Part* part = nullptr;
    Likeness like;
    Role role{};
    bool joined = false;
  };
  Known& known(const Word& word, const Part& part, Role role);
  Likeness compare_anew(const Word& word, const Part& part, Role role, bool joined);
  Likeness align(const Word& word, const Spoken& spoken, const Part& part, Role role, float budget);

  /// Given and family names are compared by turns, each with many parts in a row.
  std::array<Alignment, 3> alignments_;
  std::array<const Spoken*, 3> prepared_{};
  std::vector<Known> known_ = std::vector<Known>(kKnown);
  static constexpr std::size_t kKnown = 8192;
};

/// The greatest cost a symbol at which one word is still another, by the script of the text.
float budget_of(Script script, Fuzzy fuzzy) noexcept;

/// The greatest joint cost a symbol of given and family name together.
float joint_limit(Script script, Fuzzy fuzzy) noexcept;

}  // namespace tocsin::rules::names
