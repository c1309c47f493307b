// SPDX-License-Identifier: MIT
#include "notifier/plain.hpp"

#include <algorithm>
#include <cstdint>

#include "base/redact.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The length of the well-formed sequence at `i` (Unicode, table 3-7), or 0.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned lead = byte_at(text, i);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if (!is_continuation(text[i + k])) return 0;
  const unsigned second = byte_at(text, i + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

/// `kept` is a prefix of `text`: the place in it where a word ends, or its end.
std::size_t word_end(std::string_view text, std::string_view kept) {
  if (kept.size() < text.size() && text[kept.size()] == ' ') return kept.size();
  const auto blank = kept.find_last_of(" \n\t");
  if (blank == std::string_view::npos || blank < kept.size() * 2 / 3) return kept.size();
  return blank;
}

std::string with_mark(std::string_view text, std::string_view kept) {
  kept = kept.substr(0, word_end(text, kept));
  const auto last = kept.find_last_not_of(" \n\t");
  kept = kept.substr(0, last == std::string_view::npos ? 0 : last + 1);
  return std::string(kept).append(kEllipsis);
}

/// The first `max_chars` characters of `text`.
std::string_view first_chars(std::string_view text, std::size_t max_chars) {
  std::size_t end = 0;
  for (std::size_t n = 0; end < text.size() && n < max_chars; ++n) {
    ++end;
    while (end < text.size() && is_continuation(text[end])) ++end;
  }
  return text.substr(0, end);
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto length = sequence_length(text, i);
    if (length == 0) {
      out += kReplacement;
      ++i;
      continue;
    }
    out.append(text.substr(i, length));
    i += length;
  }
  return out;
}

std::string one_line(std::string_view text) {
  const auto clean = scrub(valid_utf8(text), std::string::npos);
  std::string out;
  out.reserve(clean.size());
  for (const char c : clean)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::size_t char_count(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string cut_at_word(std::string_view text, std::size_t max_chars) {
  if (text.size() <= max_chars || char_count(text) <= max_chars) return std::string(text);
  if (max_chars == 0) return "";
  return with_mark(text, first_chars(text, max_chars - 1));
}

std::string cut_at_word_bytes(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  if (max_bytes < kEllipsis.size()) return "";
  return with_mark(text, utf8_prefix(text, max_bytes - kEllipsis.size()));
}

bool is_web_url(std::string_view url) noexcept {
  const auto has_scheme = [&](std::string_view scheme) {
    return url.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), url.begin(), [](char wanted, char c) {
             return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
           });
  };
  if (!has_scheme("http://") && !has_scheme("https://")) return false;
  return std::none_of(url.begin(), url.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' ||
           c == '`' || c == '|';
  });
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      out += c;
    else
      (out += '%').append({kHex[byte >> 4U], kHex[byte & 15U]});
  }
  return out;
}

}  // namespace tocsin::notifier
