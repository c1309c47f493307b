// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>
#include <vector>

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
// Hungarian "with" takes the consonant before it: Viktorral, Bidennel.
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
    {"t", kCommon},    {"at", kRare},     {"nak", 0.2F},    {"nek", 0.2F},     {"val", 0.2F},
    {"vel", 0.2F},     {"ban", kRare},    {"ral", 0.2F},    {"rel", 0.2F},     {"nal", 0.2F},
    {"nel", 0.2F},     {"sal", 0.2F},     {"sel", 0.2F},    {"tal", 0.2F},     {"tel", 0.2F},
    {"kal", 0.2F},     {"kel", 0.2F},     {"dal", 0.2F},    {"del", 0.2F},     {"lal", 0.2F},
    {"lel", 0.2F},     {"mal", 0.2F},     {"mel", 0.2F},    {"pal", 0.2F},     {"pel", 0.2F},
    {"zal", 0.2F},     {"zel", 0.2F},     {"ben", kRare},   {"tol", kRare},    {"ert", kRare},
    {"as", kRare},     {"is", kRare},     {"us", kRare},    {"ui", kRare},     {"os", kRare},
    {"ej", kCommon},   {"ami", kRare},    {"imi", kRare},   {"ih", kRare},     {"ich", kRare},
    {"ych", kRare}};
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

/// A script's endings by their last byte: a word has one.
class Endings {
 public:
  explicit Endings(std::span<const Ending> all) {
    for (const Ending& ending : all) by_last_[last(ending.letters)].push_back(ending);
  }
  /// Those of which `word`, which is not empty, may have one.
  [[nodiscard]] std::span<const Ending> of(std::string_view word) const {
    return by_last_[last(word)];
  }
  static const Endings& in(Script script) {
    static const std::vector<Endings> all = [] {
      std::vector<Endings> out;
      for (int s = 0; s <= static_cast<int>(Script::han); ++s)
        out.emplace_back(endings_of(static_cast<Script>(s)));
      return out;
    }();
    return all[static_cast<std::size_t>(script)];
  }

 private:
  static std::size_t last(std::string_view word) { return static_cast<unsigned char>(word.back()); }
  std::array<std::vector<Ending>, 256> by_last_;
};

constexpr std::array<std::string_view, 13> kArabicClitics = {
    "و", "ب", "ل", "ال", "ف", "ك", "وال", "بال", "لل", "ول", "وب", "فال", "س"};
constexpr std::array<std::string_view, 13> kHebrewClitics = {"ו",  "ה",  "ל",  "ב",  "מ",  "ש", "כ",
                                                             "ול", "וב", "ומ", "וה", "שה", "של"};

}  // namespace

std::vector<Stem> stems(std::string_view folded, Script script) {
  std::vector<Stem> out;
  if (folded.empty()) return out;
  const std::size_t shortest = script == Script::hangul ? 1 : 2;
  for (const Ending& ending : Endings::in(script).of(folded)) {
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

}  // namespace tocsin::rules::names
