// SPDX-License-Identifier: MIT
#include "config/detail/source.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/spelling.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::array<std::string_view, 9> kSecretWords = {
    "pass",    "secret",        "token",  "apikey",     "api_key",
    "api-key", "authorization", "cookie", "routing_key"};
constexpr std::array<std::string_view, 6> kSecretKeys = {"password", "secret",      "bearer_token",
                                                         "token",    "oauth_token", "routing_key"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_key_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

void star_out(std::string& line, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    // One star a character: continuation bytes are dropped afterwards.
    const auto byte = static_cast<unsigned char>(line[i]);
    line[i] = (byte & 0xC0U) == 0x80U ? '\0' : '*';
  }
}

/// Where the value that begins at `begin` ends: at its closing quote, or where a flow collection
/// goes on, or at the end of the line.
std::size_t value_end(std::string_view line, std::size_t begin) {
  if (begin >= line.size()) return begin;
  const char quote = line[begin];
  if (quote == '"' || quote == '\'') {
    const auto close = line.find(quote, begin + 1);
    return close == std::string_view::npos ? line.size() : close + 1;
  }
  const auto end = line.find_first_of(",}", begin);
  return end == std::string_view::npos ? line.size() : end;
}

/// Stars out the value of each `key: value` whose key speaks of secrets.
void mask_values(std::string& line) {
  for (std::size_t colon = line.find(':'); colon != std::string::npos;
       colon = line.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '"' || line[end - 1] == '\''))
      --end;
    std::size_t begin = end;
    while (begin > 0 && is_key_character(line[begin - 1])) --begin;
    if (begin == end || !speaks_of_secrets(std::string_view(line).substr(begin, end - begin)))
      continue;
    const auto value = line.find_first_not_of(' ', colon + 1);
    if (value == std::string::npos || line.compare(value, 2, "${") == 0 ||
        line.compare(value, 3, "\"${") == 0)
      continue;
    star_out(line, value, value_end(line, value));
  }
}

/// Stars out "user:password" in "scheme://user:password@host" and secret query parameters.
void mask_urls(std::string& line) {
  for (std::size_t at = line.find("://"); at != std::string::npos; at = line.find("://", at + 3)) {
    const auto end = std::min(line.find_first_of(" \t\"'<>}", at), line.size());
    const auto host_end = std::min(line.find_first_of("/?#", at + 3), end);
    const auto user_end = line.rfind('@', host_end);
    if (user_end != std::string::npos && user_end > at + 3 && user_end < host_end)
      star_out(line, at + 3, user_end);
    for (auto mark = line.find_first_of("?&", at); mark < end;
         mark = line.find_first_of("?&", mark + 1)) {
      const auto equals = line.find('=', mark);
      if (equals >= end) break;
      const auto stop = std::min(line.find_first_of("&#", equals), end);
      if (speaks_of_secrets(std::string_view(line).substr(mark + 1, equals - mark - 1)) ||
          line.compare(mark + 1, equals - mark - 1, "key") == 0)
        star_out(line, equals + 1, stop);
    }
  }
}

}  // namespace

bool speaks_of_secrets(std::string_view key) {
  const std::string name = lower(key);
  if (name.ends_with("_file")) return false;
  for (const auto word : kSecretWords)
    if (name.find(word) != std::string::npos) return true;
  return name.size() > 3 && !closest(name, kSecretKeys).empty();
}

std::string_view Source::line(std::uint32_t number) const {
  if (starts_.empty()) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n')))
        starts_.push_back(i + 1);
  }
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t begin = starts_[number - 1];
  std::size_t end = number < starts_.size() ? starts_[number] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  auto found = std::string_view(text_).substr(begin, end - begin);
  if (number == 1 && found.starts_with("\xEF\xBB\xBF")) found.remove_prefix(3);
  return found;
}

namespace {

/// `line` with each byte that is no part of UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const auto lead = static_cast<unsigned char>(line[i]);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    const auto whole = line.substr(i, size);
    const bool fine =
        size > 0 && whole.size() == size && std::all_of(whole.begin() + 1, whole.end(), [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        });
    out.append(fine ? whole : std::string_view("\xEF\xBF\xBD"));
    i += fine ? size : 1;
  }
  return out;
}

}  // namespace

std::string mask_line(std::string_view line) {
  std::string out = valid_utf8(line);
  for (char& c : out)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) c = ' ';
  mask_values(out);
  mask_urls(out);
  out.erase(std::remove(out.begin(), out.end(), '\0'), out.end());
  return out;
}

std::size_t byte_of_character(std::string_view text, std::size_t characters) noexcept {
  std::size_t i = 0;
  while (i < text.size() && characters > 0) {
    ++i;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) ++i;
    --characters;
  }
  return i;
}

std::size_t count_characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace tocsin::config::detail
