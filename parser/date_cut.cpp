// SPDX-License-Identifier: MIT
#include "parser/detail/date_cut.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "parser/detail/date_words.hpp"
#include "text/fold.hpp"

namespace tocsin::parser::detail {
namespace {

Word::Kind kind_of(char c) {
  if (c >= '0' && c <= '9') return Word::Kind::digits;
  const bool letter = (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  return letter ? Word::Kind::letters : Word::Kind::sign;
}

/// Chinese, Japanese and Korean write what follows a number right behind it, so each unit is a word
/// of its own.
std::size_t unit_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytes = 3;  // of every one of them
  const auto sign = text.substr(at, kBytes);
  const bool may_be = static_cast<unsigned char>(sign[0]) >= 0xE0;
  return may_be && unit_named(sign) != Unit::none ? kBytes : 0;
}

/// Dashes and minus signs beyond ASCII, which writers take for "-".
std::string with_plain_dashes(std::string text) {
  constexpr std::array<std::string_view, 4> kDashes = {"\u2010", "\u2011", "\u2013", "\u2212"};
  for (const auto dash : kDashes)
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash, at))
      text.replace(at, dash.size(), "-");
  return text;
}

/// Most dates are ASCII, and need no table.
std::string folded(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return with_plain_dashes(text::fold(text));
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

}  // namespace

std::vector<Word> cut_date(std::string_view written) {
  constexpr std::size_t kMostDigits = 19;  // as many as nanoseconds since 1970 have
  const auto text = folded(written);
  std::vector<Word> words;
  bool glued = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
      ++at;
      glued = false;
      continue;
    }
    Word word;
    word.kind = kind_of(text[at]);
    word.glued = glued;
    auto end = at + 1;
    if (const auto unit = unit_at(text, at); unit != 0)
      end = at + unit;
    else if (word.kind != Word::Kind::sign)
      while (end < text.size() && kind_of(text[end]) == word.kind && unit_at(text, end) == 0) ++end;
    word.text = text.substr(at, end - at);
    if (word.kind == Word::Kind::digits) {
      if (word.text.size() > kMostDigits) return {};
      std::from_chars(word.text.data(), word.text.data() + word.text.size(), word.number);
    }
    words.push_back(std::move(word));
    glued = true;
    at = end;
  }
  return words;
}

}  // namespace tocsin::parser::detail
