// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rules/names/detail/alignment.hpp"
#include "rules/names/detail/sound_table.hpp"
#include "rules/names/detail/words.hpp"

namespace tocsin::rules::names {

/// What the word is taken for.
enum class Role : std::uint8_t { given, family, whole };

/// Compares words of the text with parts of names. One thread at a time.
class Comparer {
 public:
  /// The people that parts are of: `nullptr` for none. To be kept alive.
  void use(const People* people) noexcept { people_ = people; }

  /// How alike they are. Remembers.
  Likeness compare(const Word& word, const Part& part, Role role);

  /// The same without remembering, and with no more than `most` cost a symbol.
  Likeness compare_anew(const Word& word, const Part& part, Role role, float most = 1);

  /// Fills `out` with what rules a part out before `compare_anew` does.
  void bound(const Word& word, Role role, float most, SoundBound& out);

  /// To be called when words were forgotten.
  void forget() noexcept;

 private:
  /// What was found before: the same words meet the same names again and again.
  struct Known {
    const Word* word = nullptr;
    const Part* part = nullptr;
    Likeness like;
    Role role{};
  };
  Known& known(const Word& word, const Part& part, Role role);
  Alignment& prepare(const Word& word, const Spoken& spoken, Role role);
  Likeness align(const Word& word, const Spoken& spoken, const Part& part, Role role, float budget);

  [[nodiscard]] bool is_anothers(const Word& word, const Part& part, const Likeness& like) const;

  const People* people_ = nullptr;
  /// Given and family names are compared by turns, each with many parts in a row.
  std::array<Alignment, 3> alignments_;
  std::array<const Spoken*, 3> prepared_{};
  std::vector<Known> known_ = std::vector<Known>(kKnown);
  bool remembers_ = false;
  static constexpr std::size_t kKnown = 8192;
};

/// The greatest cost a symbol at which one word is still another, by the script of the text.
float budget_of(Script script, Fuzzy fuzzy) noexcept;

/// The greatest cost a symbol at which a word is another form of a given name.
constexpr float most_of_a_form(Script script) noexcept {
  return script == Script::latin ? 0.09F : 0.12F;
}

/// The greatest cost a symbol of a family name that is sure without the given name.
constexpr float sure_family(Script script) noexcept {
  return script == Script::latin ? 0.06F : 0.12F;
}

/// The greatest cost a symbol of a word that is a whole name.
inline constexpr float kSureWhole = 0.1F;

/// The greatest joint cost a symbol of a name in Han of so many characters, marks included: the
/// fewer there are, the more names they may be.
constexpr float han_limit(std::size_t characters) noexcept {
  return characters <= 5 ? 0.14F : characters <= 7 ? 0.16F : characters <= 9 ? 0.2F : 0.22F;
}

/// The greatest joint cost a symbol of given and family name together.
float joint_limit(Script script, Fuzzy fuzzy) noexcept;

}  // namespace tocsin::rules::names
