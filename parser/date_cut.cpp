// SPDX-License-Identifier: MIT
#include "parser/detail/date_cut.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tocsin::parser::detail {
namespace {

/// Most dates are ASCII, and need no table.
std::string folded(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return text::fold(text);
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

Word::Kind kind_of(char c) {
  if (c >= '0' && c <= '9') return Word::Kind::digits;
  const bool letter = (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  return letter ? Word::Kind::letters : Word::Kind::sign;
}

/// Chinese, Japanese and Korean write what follows a number right behind it, so each of these signs
/// is a word of its own.
constexpr std::string_view kUnits[] = {"年", "月", "日", "時", "时", "点", "分",
                                       "秒", "년", "월", "일", "시", "분", "초"};

std::size_t unit_at(std::string_view text, std::size_t at) {
  for (const auto unit : kUnits)
    if (text.substr(at).starts_with(unit)) return unit.size();
  return 0;
}

}  // namespace

std::vector<Word> cut_date(std::string_view written) {
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
      if (word.text.size() > 14) return {};
      for (const char c : word.text) word.number = word.number * 10 + (c - '0');
    }
    words.push_back(std::move(word));
    glued = true;
    at = end;
  }
  return words;
}

}  // namespace tocsin::parser::detail
