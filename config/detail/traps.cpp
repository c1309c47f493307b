// SPDX-License-Identifier: MIT
#include "config/detail/traps.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace tocsin::config::detail {
namespace {

struct Named {
  std::string_view bytes, name;
};

// Not the joiners: Persian and Hindi are written with them.
constexpr std::array kInvisible = {
    Named{"\xC2\xA0", "a no-break space"}, Named{"\xE2\x80\xAF", "a narrow no-break space"},
    Named{"\xE2\x80\x8B", "a zero-width space"}, Named{"\xEF\xBB\xBF", "a byte-order mark"},
    Named{"\xC2\xAD", "a soft hyphen"}};

constexpr std::array<std::string_view, 4> kOpeningQuotes = {"\xE2\x80\x9C", "\xE2\x80\x9E",
                                                            "\xE2\x80\x9D", "\xC2\xAB"};

constexpr std::array<std::string_view, 5> kBuiltInLabels = {"watch", "severity", "feed", "language",
                                                            "type"};

bool is_token(char c) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         kMarks.find(c) != std::string_view::npos;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

}  // namespace

std::string_view invisible_character(std::string_view text) noexcept {
  for (const auto& one : kInvisible)
    if (text.find(one.bytes) != std::string_view::npos) return one.name;
  return {};
}

void check_traps(const Node& value, Findings& findings) {
  const std::string_view text = value.text;
  if (text.starts_with("http") && text.find("&amp;") != std::string_view::npos)
    findings.warn(value, "'&amp;' is how web pages write '&', and stands in this URL",
                  "write & alone");
  if (!value.is_plain()) return;
  if (const auto name = invisible_character(text); !name.empty())
    findings.warn(value, std::string(name) + " hides in this text",
                  "write a plain blank or nothing; if it is meant, put the text in quotes");
  const auto opens = [&](std::string_view quote) { return text.starts_with(quote); };
  if (std::any_of(kOpeningQuotes.begin(), kOpeningQuotes.end(), opens))
    findings.warn(value, "typographic quotes do not quote: they are part of this text",
                  "write plain quotes \" around it");
}

void check_header(const Node& name, const Node& value, Findings& findings) {
  const bool token = std::all_of(name.text.begin(), name.text.end(), is_token);
  if (!token)
    findings.error(name, in_quotes(name.text) + " is no name of a header",
                   "write letters, digits and hyphens, as in X-Team");
  if (value.is_scalar() && std::any_of(value.text.begin(), value.text.end(), is_control))
    findings.error(value, "a header holds a line end or a control character",
                   "write it on one line");
}

void check_label(const Node& name, Findings& findings) {
  if (std::find(kBuiltInLabels.begin(), kBuiltInLabels.end(), name.text) != kBuiltInLabels.end())
    findings.warn(
        name, "a label is called " + in_quotes(name.text) + ", which routes read as something else",
        "a matcher reaches the label as 'label." + name.text + "'; or give it another name");
}

}  // namespace tocsin::config::detail
