// SPDX-License-Identifier: MIT
#include "rules/words.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules {
namespace {

// While the tokenizer reads a query, two letters of a script nobody writes news in stand for the
// wildcards: they are letters to it, and fold to themselves.
constexpr std::string_view kStarLetter = "\U00010428", kQuestionLetter = "\U00010429";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    const auto found = text.find(from, at);
    out.append(text.substr(at, found - at));
    if (found == std::string_view::npos) return out;
    out.append(to);
    at = found + from.size();
  }
}

std::string with_wildcards(std::string_view word) {
  return replaced(replaced(word, kStarLetter, "*"), kQuestionLetter, "?");
}

std::string normalized(std::string_view raw, const icu::Normalizer2* how) {
  UErrorCode status = U_ZERO_ERROR;
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(raw.data(), static_cast<int32_t>(raw.size())));
  std::string out;
  how->normalize(text, status).toUTF8String(out);
  return U_SUCCESS(status) != 0 ? out : std::string(raw);
}

/// The fold of each character, as a capital where the character was one.
std::string folded_with_case(std::string_view raw) {
  const auto& table = text::FoldTable::instance();
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const auto c = text::next_code_point(raw, at);
    const auto& entry = table.at(c);
    const std::string_view folded(entry.bytes.data(), entry.length);
    const bool capital =
        u_isUUppercase(static_cast<UChar32>(c)) != 0 || u_istitle(static_cast<UChar32>(c)) != 0;
    for (std::size_t i = 0; i < folded.size();) {
      const auto letter = text::next_code_point(folded, i);
      text::append_utf8(
          out, capital ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(letter))) : letter);
    }
    if (entry.kind == text::CharClass::none) text::append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::vector<Word> read_words(std::string_view text) {
  const bool wild = text.find_first_of("*?") != std::string_view::npos;
  std::string with_letters;
  if (wild) with_letters = replaced(replaced(text, "*", kStarLetter), "?", kQuestionLetter);
  const std::string_view readable = wild ? std::string_view(with_letters) : text;
  thread_local std::vector<text::Token> tokens;  // memory that is kept for the next call
  thread_local text::FoldedWords folded;
  tokens.clear();
  folded.clear();
  text::tokenize(readable, tokens, folded);
  std::vector<Word> out(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto& word = out[i];
    const auto raw = readable.substr(tokens[i].start, tokens[i].length);
    word.folded = wild ? with_wildcards(folded.word(i)) : folded.word(i);
    word.raw = wild ? with_wildcards(raw) : raw;
    word.wild = wild && word.folded.find_first_of("*?") != std::string::npos;
    word.hash = word.wild ? 0 : tokens[i].hash;
  }
  return out;
}

bool glob(std::string_view pattern, std::string_view text) noexcept {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      text::next_code_point(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star;
      text::next_code_point(text, resume);
      t = resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string_view literal_head(std::string_view pattern) noexcept {
  return pattern.substr(0, pattern.find_first_of("*?"));
}

std::string_view literal_tail(std::string_view pattern) noexcept {
  const auto last = pattern.find_last_of("*?");
  return last == std::string_view::npos ? pattern : pattern.substr(last + 1);
}

std::string shape(std::string_view raw, Forms forms) {
  UErrorCode status = U_ZERO_ERROR;
  if ((forms & kKeepCase) != 0 && (forms & kKeepMarks) != 0)
    return normalized(raw, icu::Normalizer2::getNFCInstance(status));
  if ((forms & kKeepCase) != 0)
    return folded_with_case(normalized(raw, icu::Normalizer2::getNFCInstance(status)));
  return normalized(raw, icu::Normalizer2::getNFKCCasefoldInstance(status));
}

bool fits_capitals(std::string_view raw, Forms forms) noexcept {
  bool upper = false, lower = false;
  for (std::size_t at = 0; at < raw.size();) {
    const auto c = static_cast<UChar32>(text::next_code_point(raw, at));
    upper = upper || u_isUUppercase(c) != 0 || u_istitle(c) != 0;
    lower = lower || u_isULowercase(c) != 0;
  }
  if ((forms & kAllCaps) != 0 && lower) return false;
  return (forms & kNoCaps) == 0 || !upper;
}

}  // namespace tocsin::rules
