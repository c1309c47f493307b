// SPDX-License-Identifier: MIT
#include "notifier/mime.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/digest.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::size_t kLine = 78;         // RFC 5322, 2.1.1
constexpr std::size_t kEncodedWord = 75;  // RFC 2047, 2
constexpr std::size_t kQpLine = 76;       // RFC 2045, 6.7
constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string hex_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kHex[byte >> 4U], kHex[byte & 15U]};
}

/// The Q form of one byte in an encoded word, safe in phrases too (RFC 2047, 5 (3)).
std::string q_byte(char c) {
  if (c == ' ') return "_";
  if (is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/') return {c};
  return hex_byte(c);
}

std::size_t char_length(std::string_view text, std::size_t at) {
  std::size_t n = 1;
  while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0U) == 0x80U) ++n;
  return n;
}

/// `text` as encoded words of whole characters, folded; the first begins at `column`.
std::string encoded_words(std::string_view text, std::size_t column) {
  std::size_t q_size = 0;
  for (const char c : text) q_size += q_byte(c).size();
  const bool use_q = q_size <= (text.size() + 2) / 3 * 4;
  const std::string_view opening = use_q ? "=?UTF-8?Q?" : "=?UTF-8?B?";
  std::string out;
  std::string chunk;     // bytes of the word that is being filled
  std::size_t cost = 0;  // what they take when encoded by Q
  const auto flush = [&] {
    if (!out.empty()) out += "\r\n ";
    out += opening;
    if (use_q)
      for (const char c : chunk) out += q_byte(c);
    else
      out += base64_encode(chunk);
    out += "?=";
    chunk.clear();
    cost = 0;
    column = 1;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto piece = text.substr(i, char_length(text, i));
    std::size_t piece_cost = 0;
    for (const char c : piece) piece_cost += q_byte(c).size();
    const auto room =
        std::min(kEncodedWord, kLine - std::min(column, kLine / 2)) - opening.size() - 2;
    const auto needed = use_q ? cost + piece_cost : (chunk.size() + piece.size() + 2) / 3 * 4;
    if (!chunk.empty() && needed > room) flush();
    chunk += piece;
    cost += piece_cost;
    i += piece.size();
  }
  if (!chunk.empty()) flush();
  return out;
}

/// ASCII words folded at blanks; the first begins at `column`.
std::string folded(std::string_view text, std::size_t column) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (!out.empty()) {
      const bool fits = column + 1 + end <= kLine;
      out += fits ? " " : "\r\n ";
      column = fits ? column + 1 : 1;
    }
    out.append(text.substr(0, end));
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool needs_encoding(std::string_view text) {
  if (!is_ascii(text) || text.find("=?") != std::string_view::npos) return true;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == ' ' ? 0 : run + 1;
    if (run > kLine - 20) return true;  // could not be folded
  }
  return false;
}

std::string quoted_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

/// One line of text, without its end, in quoted-printable with soft breaks.
void append_qp_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool printable = c >= 33 && c <= 126 && c != '=';
    const bool blank = (c == ' ' || c == '\t') && !last;
    std::string piece = printable || blank ? std::string{c} : hex_byte(c);
    // One column stays free for the "=" of a soft break, and a character is never broken up.
    const auto whole =
        (static_cast<unsigned char>(c) & 0xC0U) == 0xC0U ? 3 * char_length(line, i) : piece.size();
    if (column + whole > kQpLine - 1) {
      out += "=\r\n";
      column = 0;
    }
    const bool dangerous =
        column == 0 && (c == '.' || (c == 'F' && line.substr(i).starts_with("From ")));
    if (dangerous) piece = hex_byte(c);
    out += piece;
    column += piece.size();
  }
}

}  // namespace

std::string header_field(std::string_view name, std::string_view value) {
  const auto clean = one_line(value);
  std::string out(name);
  out += ": ";
  out += needs_encoding(clean) ? encoded_words(clean, out.size()) : folded(clean, out.size());
  return out += "\r\n";
}

std::string mailbox_field(std::string_view name, std::string_view display,
                          std::string_view address) {
  const auto clean = cut_at_word(one_line(display), 100);
  std::string out(name);
  out += ": ";
  if (!clean.empty()) {
    const bool encode = needs_encoding(clean) || clean.size() > kLine / 2;
    out += encode ? encoded_words(clean, out.size()) : quoted_string(clean);
    out += "\r\n ";
  }
  return out.append("<").append(address).append(">\r\n");
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    append_qp_line(out, text.substr(0, end));
    out += "\r\n";
    const bool both = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (both ? 2 : 1), text.size()));
  }
  return out;
}

bool is_mail_address(std::string_view text) noexcept {
  const auto at = text.rfind('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 ||
      at + 1 == text.size())
    return false;
  const bool sane = std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != ',' && c != ';' && c != '"' &&
           c != '(' && c != ')' && c != '\\';
  });
  return sane && text.find('@') == at;
}

Mailbox parse_mailbox(std::string_view text) {
  const auto trim = [](std::string_view part) {
    const auto first = part.find_first_not_of(" \t\"");
    if (first == std::string_view::npos) return std::string_view();
    return part.substr(first, part.find_last_not_of(" \t\"") - first + 1);
  };
  const auto open = text.rfind('<');
  const auto close = text.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return {"", std::string(trim(text))};
  return {std::string(trim(text.substr(0, open))),
          std::string(trim(text.substr(open + 1, close - open - 1)))};
}

std::string mail_date(Timestamp when) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(when - day)};
  std::array<char, 64> out{};
  const int n = std::snprintf(
      out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
      kDays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(n)};
}

std::string id_atom(std::string_view text) {
  constexpr std::size_t kMost = 64;
  std::string out;
  for (const char c : text) {
    const bool inner_dot = c == '.' && !out.empty() && out.back() != '.';
    out += is_alnum(c) || c == '-' || c == '_' || inner_dot ? c : '-';
  }
  if (out == text && out.size() <= kMost && !out.empty() && out.back() != '.') return out;
  out.resize(std::min<std::size_t>(out.size(), kMost - 9));
  while (!out.empty() && out.back() == '.') out.pop_back();
  if (!out.empty()) out += '-';
  return out += stable_id(text, 4);
}

}  // namespace tocsin::notifier
