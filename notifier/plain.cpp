// SPDX-License-Identifier: MIT
#include "notifier/plain.hpp"

#include <algorithm>

#include "base/redact.hpp"
#include "text/utf8.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
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

std::string valid_utf8(std::string_view bytes) {
  auto out = text::repaired_utf8(bytes);
  for (auto at = out.find('\0'); at != std::string::npos; at = out.find('\0', at))
    out.replace(at, 1, kReplacement);
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
