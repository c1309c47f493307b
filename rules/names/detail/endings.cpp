// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "rules/names/detail/spelling.hpp"

// Case endings and prefixed clitics by script. Facts about grammars, not about names.

namespace tocsin::rules::names {
namespace {

struct Ending {
  std::string_view letters;
  float price;
};

constexpr float kCommon = 0.15F, kRare = 0.3F;

constexpr Ending kCyrillic[] = {
    {"а", kCommon},   {"у", kCommon},   {"ом", kCommon},  {"ем", kCommon},  {"ым", kCommon},
    {"им", kCommon},  {"ой", kCommon},  {"ою", kCommon},  {"ей", kCommon},  {"е", kCommon},
    {"и", kCommon},   {"ы", kCommon},   {"ю", kCommon},   {"я", kCommon},   {"ого", kCommon},
    {"ому", kCommon}, {"его", kCommon}, {"ему", kCommon}, {"ові", kCommon}, {"еві", kCommon},
    {"єві", kCommon}, {"єм", kCommon},  {"ії", kCommon},  {"ої", kCommon},  {"і", kCommon},
    {"ым", kCommon},  {"ими", kRare},   {"ых", kRare},    {"ах", kRare},    {"ами", kRare},
    {"ам", kRare},    {"ів", kRare},    {"ов", kRare},    {"ът", kRare},    {"та", kRare},
    {"на", kRare}};
constexpr Ending kLatin[] = {
    {"a", kCommon},    {"u", kCommon},    {"em", kCommon},  {"om", kCommon},   {"iem", kCommon},
    {"owi", kCommon},  {"ovi", kCommon},  {"evi", kCommon}, {"ego", kCommon},  {"emu", kCommon},
    {"iego", kCommon}, {"iemu", kCommon}, {"ym", kCommon},  {"im", kCommon},   {"jem", kCommon},
    {"ja", kCommon},   {"ju", kCommon},   {"ie", kCommon},  {"ou", kCommon},   {"e", kCommon},
    {"o", kCommon},    {"y", kCommon},    {"i", kCommon},   {"ze", kRare},     {"ovou", kCommon},
    {"ove", kCommon},  {"ova", kRare},    {"ovo", kRare},   {"ovem", kCommon}, {"ega", kCommon},
    {"eho", kCommon},  {"ho", kCommon},   {"mu", kCommon},  {"ho", kCommon},   {"m", kCommon},
    {"s", 0.2F},       {"n", kRare},      {"in", kRare},    {"in", kRare},     {"un", kRare},
    {"da", kRare},     {"de", kRare},     {"dan", kRare},   {"den", kRare},    {"ya", kRare},
    {"ye", kRare},     {"nin", kRare},    {"nun", kRare},   {"yi", kRare},     {"yu", kRare},
    {"ssa", kRare},    {"sta", kRare},    {"lla", kRare},   {"lle", kRare},    {"lta", kRare},
    {"nak", kRare},    {"nek", kRare},    {"val", kRare},   {"vel", kRare},    {"ban", kRare},
    {"ben", kRare},    {"tol", kRare},    {"ert", kRare},   {"as", kRare},     {"is", kRare},
    {"us", kRare},     {"ui", kRare},     {"os", kRare},    {"ej", kCommon},   {"ami", kRare},
    {"imi", kRare},    {"ih", kRare},     {"ich", kRare},   {"ych", kRare}};
constexpr Ending kGreek[] = {{"ς", 0.1F},     {"ος", kCommon}, {"ης", kCommon},  {"ας", kCommon},
                             {"ου", kCommon}, {"ο", kCommon},  {"η", kCommon},   {"α", kCommon},
                             {"ον", kCommon}, {"ν", kCommon},  {"σ", 0.1F},      {"οσ", kCommon},
                             {"ησ", kCommon}, {"ασ", kCommon}, {"ιος", kCommon}, {"ιοσ", kCommon}};
constexpr Ending kArabic[] = {{"ي", kRare}, {"يي", kRare}, {"ين", kRare}, {"ها", kRare}};
constexpr float kParticle = 0.02F;
constexpr Ending kHangul[] = {
    {"은", kParticle},     {"는", kParticle},   {"이", kParticle},      {"가", kParticle},
    {"을", kParticle},     {"를", kParticle},   {"의", kParticle},      {"에", kParticle},
    {"와", kParticle},     {"과", kParticle},   {"로", kParticle},      {"도", kParticle},
    {"만", kParticle},     {"씨", kParticle},   {"측", kParticle},      {"으로", kParticle},
    {"에게", kParticle},   {"께서", kParticle}, {"한테", kParticle},    {"와의", kParticle},
    {"과의", kParticle},   {"에서", kParticle}, {"부터", kParticle},    {"까지", kParticle},
    {"이라는", kParticle}, {"라는", kParticle}, {"으로부터", kParticle}};

std::span<const Ending> endings_of(Script script) {
  switch (script) {
    case Script::cyrillic: return kCyrillic;
    case Script::latin: return kLatin;
    case Script::greek: return kGreek;
    case Script::arabic: return kArabic;
    case Script::hangul: return kHangul;
    default: return {};
  }
}

constexpr std::array<std::string_view, 13> kArabicClitics = {
    "و", "ب", "ل", "ال", "ف", "ك", "وال", "بال", "لل", "ول", "وب", "فال", "س"};
constexpr std::array<std::string_view, 13> kHebrewClitics = {"ו",  "ה",  "ל",  "ב",  "מ",  "ש", "כ",
                                                             "ול", "וב", "ומ", "וה", "שה", "של"};

// Endings of common words in names of organisations: Slavic nouns and adjectives of every gender
// and number, and the Bulgarian article. What vowels remain at the end go too.
using Words = std::span<const std::string_view>;
constexpr std::size_t kShortestStem = 3;
constexpr std::array<std::string_view, 6> kArticles = {"те", "та", "то", "ът", "ят", "ия"};
constexpr std::array<std::string_view, 26> kCyrillicWord = {
    "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ах", "ях", "ов", "ев", "ів",
    "ей",  "ом",  "ем",  "єм",  "ым",  "им",  "ых",  "их",  "ам", "ям", "ій", "ой", "ию"};
constexpr std::array<std::string_view, 14> kCyrillicVowels = {"а", "е", "и", "о", "у", "ы", "э",
                                                              "ю", "я", "і", "ї", "є", "й", "ь"};
constexpr std::array<std::string_view, 27> kLatinWord = {
    "ego", "emu", "ymi", "imi", "ami",  "owi", "ovi", "ech", "ach",
    "ych", "ich", "eho", "ega", "ovem", "jem", "ima", "ou",  "om",
    "em",  "ym",  "im",  "ow",  "ej",   "ih",  "ah",  "ov",  "mi"};
constexpr std::array<std::string_view, 7> kLatinVowels = {"a", "e", "i", "o", "u", "y", "j"};

/// `word` without the longest of `endings`, unless too little would be left.
std::string_view without(std::string_view word, Words endings) {
  std::string_view best = word;
  for (const std::string_view ending : endings) {
    if (!word.ends_with(ending)) continue;
    const auto stem = word.substr(0, word.size() - ending.size());
    if (letters(stem) >= kShortestStem && stem.size() < best.size()) best = stem;
  }
  return best;
}

std::string_view without_each(std::string_view word, Words endings) {
  for (auto stem = without(word, endings); stem.size() < word.size(); stem = without(word, endings))
    word = stem;
  return word;
}

// A vowel that is there only while no ending follows; й and ь soften what follows them.
constexpr std::array<std::string_view, 5> kCyrillicFleeting = {"е", "о", "ъ", "и", "й"};
constexpr std::array<std::string_view, 2> kLatinFleeting = {"e", "o"};
// Polish and Czech consonants before the ending of the locative: parlament, w parlamencie.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSoftened = {
    {{"scie", "st"}, {"dzie", "d"}, {"cie", "t"}, {"rze", "r"}}};

/// `stem` without the vowels directly before its last letter.
std::string without_fleeting(std::string_view stem, Words vowels) {
  if (letters(stem) <= kShortestStem) return std::string(stem);
  std::size_t last = stem.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(stem[last]) & 0xC0U) == 0x80U) --last;
  std::string_view head = stem.substr(0, last);
  for (bool found = true; found && letters(head) > 2;) {
    found = false;
    for (const std::string_view vowel : vowels)
      if (head.ends_with(vowel)) {
        head.remove_suffix(vowel.size());
        found = true;
      }
  }
  return std::string(head).append(stem.substr(last));
}

}  // namespace

std::vector<Stem> stems(std::string_view folded, Script script) {
  std::vector<Stem> out;
  const std::size_t shortest = script == Script::hangul ? 1 : 2;
  for (const Ending& ending : endings_of(script)) {
    if (!folded.ends_with(ending.letters)) continue;
    const auto stem = folded.substr(0, folded.size() - ending.letters.size());
    if (letters(stem) < shortest) continue;
    out.push_back({encode(stem, script).size(), ending.price});
  }
  return out;
}

std::vector<std::size_t> clitics(std::string_view folded, Script script) {
  std::vector<std::size_t> out;
  constexpr std::size_t kShortestRest = 2;
  const auto add = [&](std::span<const std::string_view> all) {
    for (const std::string_view clitic : all)
      if (folded.starts_with(clitic) && letters(folded.substr(clitic.size())) >= kShortestRest)
        out.push_back(clitic.size());
  };
  if (script == Script::arabic) add(kArabicClitics);
  if (script == Script::hebrew) add(kHebrewClitics);
  return out;
}

std::string bare_stem(std::string_view folded, Script script) {
  if (script == Script::cyrillic) return without_fleeting(folded, kCyrillicFleeting);
  if (script == Script::latin) return without_fleeting(folded, kLatinFleeting);
  return std::string(folded);
}

std::string word_stem(std::string_view folded, Script script) {
  if (script == Script::cyrillic) {
    folded = without(folded, kArticles);
    folded = without(folded, kCyrillicWord);
    return without_fleeting(without_each(folded, kCyrillicVowels), kCyrillicFleeting);
  }
  if (script == Script::latin) {
    for (const auto& [soft, hard] : kSoftened)
      if (folded.ends_with(soft) && letters(folded) > kShortestStem + soft.size())
        return std::string(folded.substr(0, folded.size() - soft.size())).append(hard);
    folded = without(folded, kLatinWord);
    return without_fleeting(without_each(folded, kLatinVowels), kLatinFleeting);
  }
  std::string_view best = folded;
  for (const Ending& ending : endings_of(script)) {
    if (!folded.ends_with(ending.letters)) continue;
    const auto stem = folded.substr(0, folded.size() - ending.letters.size());
    if (letters(stem) >= kShortestStem && stem.size() < best.size()) best = stem;
  }
  return std::string(best);
}

}  // namespace tocsin::rules::names
