// SPDX-License-Identifier: MIT
#include "text/sentences.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <unicode/uchar.h>

#include "text/fold.hpp"

namespace tocsin::text {
namespace {

// Words that a full stop follows inside a sentence, in the languages that news desks read most.
constexpr std::string_view kAbbreviations[] = {
    "adm",  "al",  "approx", "apr", "asst", "aug",    "ave",  "bd",   "bn",  "brig", "bros",
    "bzw",  "ca",  "capt",   "cf",  "cmdr", "co",     "col",  "corp", "cpl", "ct",   "dec",
    "dept", "dr",  "dra",    "e.g", "est",  "etc",    "ex",   "feb",  "fig", "fr",   "ft",
    "gen",  "gov", "hon",    "hr",  "i.e",  "inc",    "ing",  "jan",  "jr",  "jul",  "jun",
    "lt",   "ltd", "m",      "maj", "mar",  "messrs", "mlle", "mm",   "mme", "mr",   "mrs",
    "ms",   "mt",  "no",     "nov", "nr",   "oct",    "op",   "ph.d", "pp",  "pres", "prof",
    "rep",  "rev", "sen",    "sep", "sept", "sgt",    "sr",   "sra",  "st",  "str",  "u.s",
    "им",   "ул",  "гг",     "тыс", "млн",  "млрд",   "проф"};

bool is_abbreviation(std::string_view word) {
  std::array<char, 16> lower{};
  if (word.size() > lower.size()) return false;
  std::transform(word.begin(), word.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string_view key(lower.data(), word.size());
  if (std::find(std::begin(kAbbreviations), std::end(kAbbreviations), key) !=
      std::end(kAbbreviations))
    return true;
  // U.S, a.m: single letters with stops between; a single capital is an initial.
  std::size_t letters = 0, at = 0;
  while (at < word.size()) {
    const auto c = static_cast<UChar32>(next_code_point(word, at));
    ++letters;
    if (at < word.size() && word[at] == '.')
      ++at;
    else if (at < word.size())
      return false;
    if (u_isalpha(c) == 0) return false;
    if (at >= word.size() && letters == 1) return u_isupper(c) != 0;
  }
  return letters > 0;
}

bool begins_small(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && u_islower(static_cast<UChar32>(next_code_point(word, at))) != 0;
}

bool begins_large(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && u_isupper(static_cast<UChar32>(next_code_point(word, at))) != 0;
}

/// True when the stop at the front of `gap` has a blank behind it, not a closing quote.
bool blank_behind(std::string_view gap) {
  std::size_t at = 1;
  return at < gap.size() && u_isUWhiteSpace(static_cast<UChar32>(next_code_point(gap, at))) != 0;
}

/// A line break, then a blank line or the sign of a list item.
bool ends_paragraph(std::string_view gap) {
  const auto line = gap.find('\n');
  if (line == std::string_view::npos) return gap.find("\u2029") != std::string_view::npos;
  const auto rest = gap.find_first_not_of(" \t\r", line + 1);
  if (rest == std::string_view::npos) return false;
  if (gap[rest] == '\n') return true;
  const auto item = gap.substr(rest);
  return item.starts_with("- ") || item.starts_with("* ") || item.starts_with("\u2022") ||
         item.starts_with("\u2013 ") || item.starts_with("\u2014 ");
}

bool always_ends(char32_t c) {
  switch (c) {
    case U'!':
    case U'?':
    case 0x061F:  // Arabic ?
    case 0x06D4:  // Urdu .
    case 0x0964:  // danda
    case 0x0965:
    case 0x1362:  // Ethiopic .
    case 0x1367:
    case 0x3002:  // 。
    case 0xFF01:
    case 0xFF1F:
    case 0xFF61: return true;
    default: return false;
  }
}

}  // namespace

Border border(std::string_view before, std::string_view gap, std::string_view after) noexcept {
  if (gap == " ") return Border::none;  // nearly always
  if (ends_paragraph(gap)) return Border::paragraph;
  bool stop = false, blank = false, only_stop = true;
  for (std::size_t at = 0; at < gap.size();) {
    const auto c = next_code_point(gap, at);
    if (always_ends(c)) return begins_small(after) && c < 0x80 ? Border::none : Border::sentence;
    if (c == U'.' || c == 0x2026) {
      only_stop = c == U'.' && !stop && !blank;
      stop = true;
    }
    blank = blank || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
  }
  if (gap == "." && begins_large(after) && !is_abbreviation(before)) return Border::sentence;
  if (!stop || !blank || begins_small(after)) return Border::none;
  const bool may_abbreviate = only_stop && gap.front() == '.' && blank_behind(gap);
  return may_abbreviate && is_abbreviation(before) ? Border::none : Border::sentence;
}

}  // namespace tocsin::text
