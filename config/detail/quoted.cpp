// SPDX-License-Identifier: MIT
#include "config/detail/quoted.hpp"

#include <charconv>
#include <cstddef>

#include "text/utf8.hpp"

namespace tocsin::config::detail {
namespace {

/// How many hexadecimal digits follow `\x` and its like; 0 for other escapes.
std::size_t digits_behind(char letter) noexcept {
  switch (letter) {
    case 'x': return 2;
    case 'u': return 4;
    case 'U': return 8;
    default: return 0;
  }
}

/// What `letter` behind a backslash stands for; 0 for a line break and for what is no escape.
char32_t simple_escape(char letter) noexcept {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
    case ' ': return static_cast<char32_t>(letter);
    case 't':
    case '\t': return U'\t';
    case '_': return 0xA0;
    default: return 0;
  }
}

/// Reads the escape behind the backslash at `at` and moves behind it; 0 when it cannot be shown.
char32_t read_escape(std::string_view line, std::size_t& at) noexcept {
  if (at + 1 >= line.size()) return 0;
  const auto digits = digits_behind(line[at + 1]);
  if (digits == 0) {
    at += 2;
    return simple_escape(line[at - 1]);
  }
  const auto number = line.substr(at + 2, digits);
  at += 2 + digits;
  std::uint32_t value = 0;
  const auto end = std::from_chars(number.data(), number.data() + number.size(), value, 16).ptr;
  return number.size() == digits && end == number.data() + digits && value >= 0x20 ? value : 0;
}

}  // namespace

bool unquote(std::string_view line, Node::Style style, std::string& out,
             std::vector<std::uint32_t>& hidden) {
  for (std::size_t at = 0; at < line.size();) {
    const auto from = at;
    char32_t meant = 0;
    if (style == Node::Style::double_quoted && line[at] == '\\') {
      meant = read_escape(line, at);
      if (meant == 0) return false;
    } else if (style == Node::Style::single_quoted && line.substr(at, 2) == "''") {
      meant = U'\'';
      at += 2;
    } else {
      out += line[at++];
      continue;
    }
    text::append_utf8(out, meant);
    hidden.insert(hidden.end(), at - from - 1, static_cast<std::uint32_t>(out.size()));
  }
  return true;
}

}  // namespace tocsin::config::detail
