// SPDX-License-Identifier: MIT
#include "rules/names/detail/word_stems.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "rules/names/detail/spelling.hpp"
#include "text/tokenizer.hpp"

// Endings of common words in names of organisations. Facts about grammars, not about names; folded.

namespace tocsin::rules::names {
namespace {

using Side = StemSet::Side;
using Words = std::span<const std::string_view>;
using Softened = std::pair<std::string_view, std::string_view>;

constexpr std::size_t kShortestStem = 3;

// Slavic nouns and adjectives of every gender and number. What vowels remain at the end go too.
constexpr std::string_view kCyrillicEndings[] = {
    "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ах",  "ях",
    "ов",  "ев",  "ів",  "ей",  "ом",  "ем",  "єм",  "ым",  "им",  "ых",
    "их",  "ам",  "ям",  "ій",  "ой",  "ию",  "ог",  "ога", "има", "ама"};
constexpr std::string_view kCyrillicVowels[] = {"а", "е", "и", "о", "у", "ы", "э", "ю",
                                                "я", "і", "ї", "є", "й", "ј", "ь"};
// Bulgarian and Macedonian.
constexpr std::string_view kArticles[] = {"те", "та", "то", "ът", "ят", "ия", "от", "иот"};
constexpr std::string_view kLatinEndings[] = {
    "ego", "emu", "ymi", "imi", "ami", "owi", "ovi",  "ech", "ach", "ych", "ich", "eho",
    "iho", "imu", "ega", "oga", "omu", "ome", "ovem", "jem", "ima", "ama", "ou",  "om",
    "em",  "ym",  "im",  "ow",  "ej",  "ih",  "ah",   "ov",  "mi",  "og"};
constexpr std::string_view kLatinVowels[] = {"a", "e", "i", "o", "u", "y", "j"};
// Of the adjective that is made of a name: Pfizerjevo cepivo, Reutersova novica.
constexpr std::string_view kPossessive[] = {"jev", "ev", "ov", "in"};

// Endings of German, Turkish, Finnish, Estonian, Hungarian, Baltic and Romanian. Not those of
// English plurals and derived words: banks, banker, socialist.
// clang-format off
constexpr std::string_view kOtherEndings[] = {
    "n", "e", "en",
    "i", "u", "in", "un", "nin", "nun", "sinin", "sunun", "ina", "ine", "una", "une", "sina", "sine",
    "suna", "sune", "ini", "unu", "sini", "sunu", "inda", "inde", "unda", "unde", "sinda", "sinde",
    "sunda", "sunde", "indan", "inden", "undan", "unden", "sindan", "sinden", "sundan", "sunden",
    "dan", "den", "da", "de", "ta", "te", "tan", "ten", "ya", "ye", "yi", "yu", "si", "su", "na",
    "ne", "ni", "nu", "nda", "nde", "ndan", "nden", "la", "le", "yla", "yle",
    "ssa", "sta", "lla", "lta", "lle", "ksi", "tta", "aan", "iin", "een", "ile", "iga", "iks",
    "ilt", "is", "it",
    "nak", "nek", "ban", "ben", "bol", "tol", "rol", "hoz", "hez", "val", "vel", "ert", "kent",
    "nal", "nel", "ot", "et", "at", "ra", "re", "ba", "be", "t",
    "as", "os", "us", "ys", "ai", "ui", "ei", "ose", "oje", "eje", "yje", "uje", "iu", "io", "iui",
    "oms", "omis", "ams", "ais", "iams", "iais", "am", "em", "im", "iem",
    "ul", "ului", "lui", "lor", "ii", "ilor", "elor", "a", "ea"};
// clang-format on
constexpr std::string_view kAdjective[] = {"er", "es"}, kGenitive[] = {"es"};
// Long enough to be no part of a name by chance.
constexpr std::size_t kSureEnding = 3, kSureRest = 5;  // letters
constexpr std::size_t kLongRest = 9;                   // of which few words are English

constexpr std::string_view kGreekEndings[] = {
    "ς",     "σ",    "ος",    "ης", "ας",  "ες",  "ους", "οσ", "ησ", "ασ", "εσ", "ουσ",
    "ου",    "ων",   "ον",    "ην", "αν",  "ο",   "η",   "α",  "ε",  "ι",  "οι", "αι",
    "ματοσ", "ματα", "ματων", "μα", "εωσ", "εισ", "ιου", "ιο", "ια", "ιων"};
constexpr std::string_view kHangulEndings[] = {
    "은",       "는",   "이",   "가",   "을",     "를",     "의",   "에",   "와",
    "과",       "로",   "도",   "만",   "측",     "으로",   "에게", "께서", "와의",
    "과의",     "에서", "부터", "까지", "에서는", "에서도", "에는", "라는", "이라는",
    "으로부터", "에선", "보다", "이나", "마저",   "조차"};

// Before the word, several in a row.
constexpr std::string_view kArabicClitics[] = {"و", "ف", "ب", "ل", "ك", "س"};
constexpr std::string_view kHebrewClitics[] = {"ו", "ש", "ה", "ל", "ב", "מ", "כ"};
constexpr std::size_t kMostClitics = 3;

// A vowel that is there only while no ending follows; й and ь soften what follows them.
constexpr std::string_view kCyrillicFleeting[] = {"е", "о", "ъ", "и", "і", "й"};
constexpr std::string_view kLatinFleeting[] = {"e", "o"};
// Consonants before the ending of the locative or dative: parlament, w parlamencie; banka, v bance.
constexpr Softened kLatinSoftened[] = {{"scie", "st"}, {"dzie", "d"}, {"cie", "t"}, {"rze", "r"},
                                       {"sce", "sk"},  {"ce", "k"},   {"ci", "k"},  {"dze", "g"},
                                       {"ze", "g"},    {"ze", "h"},   {"zi", "g"},  {"sze", "ch"}};
constexpr Softened kCyrillicSoftened[] = {
    {"ці", "к"}, {"ци", "к"}, {"зі", "г"}, {"зи", "г"}, {"сі", "х"}};

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

/// Gathers what a word may be without its ending.
class Stems {
 public:
  Stems(Side side, StemSet& out) : side_(side), out_(out) {}

  void sure(std::string_view stem, Words fleeting = {}) { put(stem, fleeting, true); }
  void weak(std::string_view stem, Words fleeting) { put(stem, fleeting, false); }
  /// What must be all of the configured word.
  void whole(std::string_view word, bool sure) {
    out_.add(text::word_hash(word) ^ kWholeWord, sure);
  }

 private:
  // The vowel may be gone in the text or in the configuration, but does not become another one:
  // Opel, Opla, but not Opole.
  static constexpr std::uint64_t kLostInText = 0x9E3779B97F4A7C15ULL;
  static constexpr std::uint64_t kWholeWord = 0xC2B2AE3D27D4EB4FULL;

  void put(std::string_view stem, Words fleeting, bool sure) {
    const std::uint64_t whole = text::word_hash(stem);
    const std::string shorter = without_fleeting(stem, fleeting);
    out_.add(whole, sure);
    if (side_ == Side::configured) {
      out_.add(text::word_hash(shorter), sure);
      if (!fleeting.empty()) out_.add(whole ^ kLostInText, sure);
    } else if (shorter != stem) {
      out_.add(text::word_hash(shorter) ^ kLostInText, sure);
    }
  }

  Side side_;
  StemSet& out_;
};

/// With the hard consonants that the last ones of `word` may be of.
void add_hardened(std::string_view word, std::span<const Softened> pairs, Words fleeting,
                  Stems& out) {
  for (const auto& [soft, hard] : pairs) {
    if (!word.ends_with(soft)) continue;
    const auto stem = std::string(word.substr(0, word.size() - soft.size())).append(hard);
    if (letters(stem) >= kShortestStem) out.sure(stem, fleeting);
  }
}

void cyrillic(std::string_view word, Side side, Stems& out) {
  const auto plain = [](std::string_view rest) {
    return without_each(without(rest, kCyrillicEndings), kCyrillicVowels);
  };
  out.sure(plain(word), kCyrillicFleeting);
  // "палата" is no "пала" with an article: both are tried.
  if (const auto rest = without(word, kArticles); rest.size() < word.size())
    out.sure(plain(rest), kCyrillicFleeting);
  if (side == Side::configured) return;
  add_hardened(word, kCyrillicSoftened, kCyrillicFleeting, out);
  // енергиен, енергийният
  constexpr std::string_view kGlide = "ийн", kVowel = "иен";
  const auto stem = plain(without(word, kArticles));
  if (stem.ends_with(kGlide))
    out.sure(std::string(stem.substr(0, stem.size() - kGlide.size())).append(kVowel));
}

/// `word` without an ending of a language that is not Slavic.
std::string_view without_other(std::string_view word) {
  // Bizottsággal, Bankkal: the consonant is doubled before the ending of Hungarian "with".
  constexpr std::size_t kShortest = 7;
  if (word.size() >= kShortest && (word.ends_with("al") || word.ends_with("el")) &&
      word[word.size() - 3] == word[word.size() - 4])
    return word.substr(0, word.size() - 3);
  if (word.ends_with("an")) return word;  // European, Republican
  return without(word, kOtherEndings);
}

/// The genitive of German and Scandinavian nouns: des Amtes, des Parlaments. In short words "s"
/// makes an English plural.
void genitive(std::string_view word, Side side, Stems& out) {
  if (side == Side::configured) {
    out.whole(word, true);
    if (word.ends_with("er") || word.ends_with("es"))  // Deutscher, Auswärtiges: of adjectives
      out.weak(without(word, kAdjective), {});
    return;
  }
  const auto with_e = without(word, kGenitive);
  if (with_e.size() < word.size() && with_e.find_last_of("csxz") + 1 != with_e.size())
    out.whole(with_e, false);
  if (word.ends_with('s') && word.size() > kLongRest)
    out.whole(word.substr(0, word.size() - 1), true);
}

/// Czech dům, domu; Polish urząd, urzędu.
std::string with_other_vowel(std::string_view stem) {
  std::string out(stem);
  if (stem.size() < kShortestStem) return out;
  char& vowel = out[stem.size() - 2];
  vowel = vowel == 'o' ? 'u' : vowel == 'e' ? 'a' : vowel;
  return out;
}

void latin(std::string_view word, Side side, Stems& out) {
  const auto plain = without_each(without(word, kLatinEndings), kLatinVowels);
  // A ministry is no minister: a "y" is hardly ever the ending of a Slavic plural.
  const bool firm = side == Side::configured && word.ends_with('y');
  const Words fleeting = firm ? Words() : Words(kLatinFleeting);
  out.sure(plain, fleeting);
  genitive(word, side, out);
  const auto other = without_other(word);
  const bool sure = word.size() - other.size() >= kSureEnding && other.size() >= kSureRest;
  auto stem = without_each(other, kLatinVowels);
  // Pankki, Pankin
  if (stem.size() > kShortestStem && stem[stem.size() - 1] == stem[stem.size() - 2])
    stem.remove_suffix(1);
  if (side == Side::text) {
    const auto owner = without(plain, kPossessive);
    if (owner.size() < plain.size() && owner.size() >= kSureRest) out.sure(owner, kLatinFleeting);
    add_hardened(word, kLatinSoftened, kLatinFleeting, out);
    if (sure) return out.sure(stem, kLatinFleeting);
    out.weak(with_other_vowel(plain), {});
  }
  out.weak(stem, fleeting);
}

/// The word, and in a text what is left of it behind each clitic.
void prefixed(std::string_view word, Side side, Words clitics, Stems& out) {
  out.sure(word);
  for (std::size_t i = 0; side == Side::text && i < kMostClitics; ++i) {
    // The article loses its alef after "li": للأمم is ل and الأمم.
    if (word.starts_with("لل")) out.sure(std::string("ال").append(word.substr(4)));
    const auto* clitic = std::find_if(clitics.data(), clitics.data() + clitics.size(),
                                      [&](std::string_view c) { return word.starts_with(c); });
    if (clitic == clitics.data() + clitics.size() || letters(word) < kShortestStem) return;
    word.remove_prefix(clitic->size());
    if (letters(word) < kShortestStem) return out.weak(word, {});
    out.sure(word);
  }
}

}  // namespace

StemSet stems_of(std::string_view folded, Side side) {
  StemSet set;
  Stems out(side, set);
  const Script script = script_of(folded);
  switch (script) {
    case Script::cyrillic: cyrillic(folded, side, out); break;
    case Script::latin: latin(folded, side, out); break;
    case Script::greek: out.sure(without(folded, kGreekEndings)); break;
    case Script::hangul: out.sure(without(folded, kHangulEndings)); break;
    case Script::arabic: prefixed(folded, side, kArabicClitics, out); break;
    case Script::hebrew: prefixed(folded, side, kHebrewClitics, out); break;
    default: break;
  }
  if (side == Side::text) return set;
  if (script == Script::cyrillic) out.sure(folded, kCyrillicFleeting);
  if (script == Script::latin) out.sure(folded, kLatinFleeting);
  return set;
}

void StemSet::add(std::uint64_t stem, bool as_sure) {
  auto place =
      static_cast<std::size_t>(std::find(all.begin(), all.begin() + count, stem) - all.begin());
  if (place == kMost || (place < count && !as_sure)) return;
  if (place == count) all[count++] = stem;
  if (as_sure && place >= sure) std::swap(all[sure++], all[place]);
}

bool StemSet::meets(const StemSet& other, bool alone) const noexcept {
  const auto mine = all.begin() + (alone ? sure : count);
  const auto theirs = other.all.begin() + (alone ? other.sure : other.count);
  return std::find_first_of(all.begin(), mine, other.all.begin(), theirs) != mine;
}

}  // namespace tocsin::rules::names
