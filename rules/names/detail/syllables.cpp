// SPDX-License-Identifier: MIT
#include "rules/names/detail/syllables.hpp"

#include <array>

namespace tocsin::rules::names {
namespace {

constexpr char32_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;
constexpr std::size_t kVowels = 21, kFinals = 28;

// A hangul syllable is (lead * 21 + vowel) * 28 + final: the letters in Unicode's order.
constexpr std::array<std::string_view, 19> kLead = {
    "K", "k", "n", "Q", "t", "R", "m", "P", "p", "s", "s", "", "W", "C", "C", "k", "t", "F", "H"};
constexpr std::array<std::string_view, kVowels> kVowel = {"a",  "I",  "ja", "jI", "O", "e",  "jO",
                                                          "je", "o",  "wa", "wI", "E", "jo", "u",
                                                          "wO", "we", "wi", "ju", "^", "^i", "i"};
constexpr std::array<std::string_view, kFinals> kFinal = {
    "",  "K", "k", "k", "n", "n", "n", "Q",  "R", "R", "R", "R", "R", "R",
    "R", "R", "m", "P", "P", "s", "s", "ng", "s", "C", "k", "t", "F", "h"};

struct Piece {
  std::string_view letters, symbols;
};
constexpr std::array kInitials = {
    Piece{"zh", "V"}, Piece{"ch", "C"}, Piece{"sh", "S"}, Piece{"b", "P"},  Piece{"p", "F"},
    Piece{"m", "m"},  Piece{"f", "U"},  Piece{"d", "Q"},  Piece{"t", "t"},  Piece{"n", "n"},
    Piece{"l", "R"},  Piece{"g", "K"},  Piece{"k", "k"},  Piece{"h", "`"},  Piece{"j", "V"},
    Piece{"q", "Y"},  Piece{"x", "X"},  Piece{"r", "N"},  Piece{"z", "\\"}, Piece{"c", "c"},
    Piece{"s", "}"},  Piece{"y", "j"},  Piece{"w", "7"}};
// Finals that matter; a syllable in e, i, u only carries its consonant when a name is foreign.
constexpr std::array kPinyinFinals = {
    Piece{"a", "a"},     Piece{"o", "o"},      Piece{"e", "^"},      Piece{"i", "^"},
    Piece{"u", "^"},     Piece{"ai", "ai"},    Piece{"ei", "ei"},    Piece{"ao", "ao"},
    Piece{"ou", "ou"},   Piece{"an", "an"},    Piece{"en", "en"},    Piece{"ang", "ang"},
    Piece{"eng", "en"},  Piece{"ong", "on"},   Piece{"er", "^N"},    Piece{"ia", "ja"},
    Piece{"ie", "'"},    Piece{"iao", "jao"},  Piece{"iu", "ju"},    Piece{"ian", "jan"},
    Piece{"in", "in"},   Piece{"iang", "jan"}, Piece{"ing", "in"},   Piece{"iong", "jon"},
    Piece{"ua", "wa"},   Piece{"uo", "o"},     Piece{"uai", "wai"},  Piece{"ui", "wi"},
    Piece{"uan", "wan"}, Piece{"un", "un"},    Piece{"uang", "wan"}, Piece{"ue", "we"},
    Piece{"v", "y"}};

}  // namespace

void hangul_symbols(char32_t syllable, std::string& out) {
  if (syllable < kFirstSyllable || syllable > kLastSyllable) return;
  const std::size_t index = syllable - kFirstSyllable;
  const std::size_t vowel = index / kFinals % kVowels;
  std::string_view lead = kLead[index / kFinals / kVowels];
  constexpr std::size_t kVowelI = 20, kVowelWi = 16;
  if (lead == "s" && (vowel == kVowelI || vowel == kVowelWi)) lead = ":";
  out += lead;
  // 시 슈 주 지 at the end of foreign syllables carry the consonant alone, like ㅡ.
  out += kVowel[vowel];
  out += kFinal[index % kFinals];
}

void pinyin_symbols(std::string_view syllable, std::string& out) {
  if (syllable == "yi" || syllable == "wu" || syllable == "yu") {
    out += syllable == "yi" ? 'i' : 'u';
    return;
  }
  if (syllable == "ye") {  // its vowel is never one that only carries the consonant
    out += "je";
    return;
  }
  for (const Piece& initial : kInitials) {
    if (!syllable.starts_with(initial.letters)) continue;
    out += initial.symbols;
    syllable.remove_prefix(initial.letters.size());
    break;
  }
  for (const Piece& final : kPinyinFinals)
    if (final.letters == syllable) out += final.symbols;
}

}  // namespace tocsin::rules::names
