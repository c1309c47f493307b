// SPDX-License-Identifier: MIT
#include "rules/names/detail/wade_giles.hpp"

#include <algorithm>
#include <iterator>

// Both systems cut a syllable into an initial and a final; nearly all syllables follow from the two
// tables below. Apostrophes, which set p' apart from p, are left out as newspapers did.

namespace tocsin::rules::names {
namespace {

struct Row {
  std::string_view pinyin, wade;
};

// Two letters before one: the first that fits is taken.
constexpr Row kInitials[] = {{"zh", "ch"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "p"},  {"p", "p"},
                             {"m", "m"},   {"f", "f"},   {"d", "t"},   {"t", "t"},  {"n", "n"},
                             {"l", "l"},   {"g", "k"},   {"k", "k"},   {"h", "h"},  {"j", "ch"},
                             {"q", "ch"},  {"x", "hs"},  {"r", "j"},   {"z", "ts"}, {"c", "ts"},
                             {"s", "s"},   {"y", "y"},   {"w", "w"}};
constexpr Row kFinals[] = {{"a", "a"},       {"o", "o"},       {"e", "e"},       {"i", "i"},
                           {"u", "u"},       {"ai", "ai"},     {"ei", "ei"},     {"ao", "ao"},
                           {"ou", "ou"},     {"an", "an"},     {"en", "en"},     {"ang", "ang"},
                           {"eng", "eng"},   {"ong", "ung"},   {"ia", "ia"},     {"ie", "ieh"},
                           {"iao", "iao"},   {"iu", "iu"},     {"ian", "ien"},   {"in", "in"},
                           {"iang", "iang"}, {"ing", "ing"},   {"iong", "iung"}, {"ua", "ua"},
                           {"uo", "o"},      {"uai", "uai"},   {"ui", "ui"},     {"uan", "uan"},
                           {"un", "un"},     {"uang", "uang"}, {"ue", "ueh"},    {"er", "erh"}};
constexpr Row kWhole[] = {{"zi", "tzu"},   {"ci", "tzu"},   {"si", "ssu"},  {"zhi", "chih"},
                          {"chi", "chih"}, {"shi", "shih"}, {"ri", "jih"},  {"ge", "ko"},
                          {"ke", "ko"},    {"he", "ho"},    {"you", "yu"},  {"ye", "yeh"},
                          {"yan", "yen"},  {"yi", "i"},     {"guo", "kuo"}, {"kuo", "kuo"},
                          {"huo", "huo"},  {"shuo", "shuo"}};

template <std::size_t kRows>
const Row* row_of(const Row (&rows)[kRows], std::string_view pinyin) {
  const auto* found = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const Row& row) { return row.pinyin == pinyin; });
  return found == std::end(rows) ? nullptr : found;
}

/// One syllable; empty when it is none.
std::string syllable(std::string_view pinyin) {
  if (const Row* whole = row_of(kWhole, pinyin)) return std::string(whole->wade);
  std::string_view initial;
  constexpr std::string_view kSoft = "jqx", kAfterSoft = "iu";
  const bool soft = !pinyin.empty() && kSoft.find(pinyin[0]) != kSoft.npos;
  if (soft && (pinyin.size() < 2 || kAfterSoft.find(pinyin[1]) == kAfterSoft.npos)) return {};
  for (const Row& row : kInitials) {
    if (!pinyin.starts_with(row.pinyin)) continue;
    initial = row.wade;
    pinyin.remove_prefix(row.pinyin.size());
    break;
  }
  const Row* final = row_of(kFinals, pinyin);
  return final == nullptr ? std::string() : std::string(initial).append(final->wade);
}

/// The syllables of `word`, the longest first, so that "xian" is one.
std::string syllables(std::string_view word, int most) {
  constexpr std::size_t kLongest = 6;
  if (word.empty() || most == 0) return {};
  for (std::size_t length = std::min(kLongest, word.size()); length > 0; --length) {
    std::string first = syllable(word.substr(0, length));
    if (first.empty()) continue;
    if (length == word.size()) return first;
    if (const std::string rest = syllables(word.substr(length), most - 1); !rest.empty())
      return first += rest;
  }
  return {};
}

}  // namespace

std::string wade_giles(std::string_view word) {
  constexpr int kMostSyllables = 3;
  std::string out = syllables(word, kMostSyllables);
  return out == word ? std::string() : out;
}

}  // namespace tocsin::rules::names
