// SPDX-License-Identifier: MIT
#include "config/detail/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdio>

namespace tocsin::config::detail {
namespace {

/// True when `text` reads back as itself without quotes, to every reader of YAML.
bool is_plain(std::string_view text) {
  static constexpr std::string_view kFirst = "-?:,[]{}#&*!|>'\"%@`~=<.+";
  if (text.empty() || text.size() > 200 || kFirst.find(text.front()) != std::string_view::npos)
    return false;
  if (std::isspace(static_cast<unsigned char>(text.front())) != 0 || text.back() == ' ' ||
      text.back() == ':')
    return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
    return false;
  if (text.find_first_of(",[]{}\"\\") != std::string_view::npos) return false;
  static constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes",  "no",
                                                             "on",   "off",   "null", "y"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "n" || std::find(kWords.begin(), kWords.end(), lower) != kWords.end()) return false;
  return std::isdigit(static_cast<unsigned char>(text.front())) == 0;
}

/// The character at `at` when YAML does not let it stand raw, or takes it for a line break; else 0.
/// All of these have at most three bytes in UTF-8.
std::uint32_t special(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  length = 1;
  if (byte(0) < 0x20 || byte(0) == 0x7F) return byte(0) == 0 ? 0x2400 : byte(0);
  length = 2;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return byte(1);  // C1 controls, next line
  length = 3;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9))
    return 0x2000 + (byte(2) & 0x3FU);  // line and paragraph separators
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 0xFEFF;
  if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 0xFFC0 + (byte(2) & 0x3FU);
  return 0;
}

bool holds_special(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\n' && special(text, i, length) != 0) return true;
  return false;
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    if (text[i] == '"' || text[i] == '\\') {
      out.append("\\").push_back(text[i++]);
    } else if (text[i] == '\n') {
      out += "\\n";
      ++i;
    } else if (const auto code = special(text, i, length); code != 0) {
      std::array<char, 16> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04X", code);  // NOLINT(*-vararg)
      out += escape.data();
      i += length;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out + "\"";
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  return is_plain(text) && text.find('\n') == std::string_view::npos && !holds_special(text)
             ? std::string(text)
             : double_quoted(text);
}

std::string yaml_block(std::string_view text, std::size_t indent) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const bool several = text.find('\n') != std::string_view::npos;
  // A first line that begins with a blank would be taken for the block's indentation.
  if (!several || text.front() == ' ' || text.front() == '\n' || holds_special(text))
    return yaml_scalar(text);
  std::string out = "|";
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    out.push_back('\n');
    if (!line.empty()) out.append(indent, ' ').append(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return out;
}

}  // namespace tocsin::config::detail
