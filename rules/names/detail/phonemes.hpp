// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tocsin::rules::names {

/// The scripts that names are read in.
enum class Script : std::uint8_t {
  none,
  latin,
  cyrillic,
  greek,
  hebrew,
  arabic,
  kana,
  hangul,
  han
};

/// ISO 15924 in small letters, except that Latin and the rest read as words: "arab", "cyrl".
std::string_view to_string(Script script) noexcept;

/// What a spelling stands for: one character a sound. A symbol may be one sound ("k") or several
/// possible ones, each at a price: the letters "ch" of a name of unknown origin are one symbol
/// that may be heard as in church, Bach, chef or chorus. All scripts share the symbols, so two
/// spellings are compared without knowing how either was meant.
using Symbol = char;

/// One way to hear a symbol.
struct Reading {
  char sound = 0;
  float price = 0;
};

/// The ways to hear a symbol, the likeliest first.
struct Readings {
  std::array<Reading, 8> all{};
  std::size_t count = 0;
};

/// The sounds are a e i o u, b v p d t g k x(Bach) h f w j(yes) l r m n, z s c(ts) Z(vision)
/// S(shoe) J(jam) C(church) T(thing). Any thread: pure.
Readings readings_of(Symbol symbol);

/// What comparing symbols costs: 0 for the same sound, about 1 for two unrelated consonants.
/// Any thread: immutable.
class SoundCosts {
 public:
  static const SoundCosts& instance();

  /// One symbol for another: the cheapest pair of their readings. Symmetric.
  [[nodiscard]] float swap(Symbol a, Symbol b) const noexcept { return swap_[at(a)][at(b)]; }
  /// A symbol that the other spelling lacks.
  [[nodiscard]] float drop(Symbol a) const noexcept { return drop_[at(a)]; }
  /// The same for a text in a script that leaves short vowels unwritten.
  [[nodiscard]] float unwritten(Symbol a) const noexcept { return unwritten_[at(a)]; }
  /// True when the symbol may be heard as a vowel, and only so.
  [[nodiscard]] bool vowel(Symbol a) const noexcept { return vowel_[at(a)]; }

 private:
  SoundCosts();
  static std::size_t at(Symbol a) noexcept { return static_cast<unsigned char>(a) & 0x7FU; }
  std::array<std::array<float, 128>, 128> swap_{};
  std::array<float, 128> drop_{}, unwritten_{};
  std::array<bool, 128> vowel_{};
};

}  // namespace tocsin::rules::names
