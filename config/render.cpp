// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>

#include <unicode/uchar.h>

#include "base/redact.hpp"
#include "config/config.hpp"
#include "config/detail/document.hpp"
#include "config/detail/source.hpp"

namespace tocsin::config {
namespace {

constexpr std::size_t kWidest = 100;  // columns of a source line that are shown
constexpr std::size_t kBefore = 60;   // of these before the caret, in a longer line

struct Colours {
  std::string_view bold, red, yellow, green, off;
};
constexpr Colours kNone{"", "", "", "", ""};
constexpr Colours kAnsi{"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[32m", "\x1b[0m"};

/// Columns that a terminal gives to `character`: 0 for marks and format characters, 2 for wide
/// ones.
std::size_t width_of(UChar32 character) {
  const auto type = u_charType(character);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const auto width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

/// Decodes the character at `text[i]` and steps over it; what is no UTF-8 counts byte by byte.
UChar32 next_character(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto lead = byte(i++);
  if (lead < 0xC0) return static_cast<UChar32>(lead);
  std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  UChar32 character = static_cast<UChar32>(lead & (0x3FU >> more));
  for (; more > 0 && (byte(i) & 0xC0U) == 0x80U; --more, ++i)
    character = static_cast<UChar32>((static_cast<unsigned>(character) << 6U) | (byte(i) & 0x3FU));
  return character;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) width += width_of(next_character(text, i));
  return width;
}

/// The part of a line that is shown, and what is to be underlined in it.
struct Excerpt {
  std::string text;
  std::size_t caret = 0;   ///< columns before the caret
  std::size_t length = 1;  ///< columns to underline
};

Excerpt cut_out(const Diagnostic& d) {
  std::string line = d.source_line;
  std::replace(line.begin(), line.end(), '\t', ' ');
  std::size_t column = d.column > 0 ? d.column - 1 : 0;
  const auto characters = detail::count_characters(line);
  column = std::min(column, characters);
  std::size_t skipped = 0;
  if (characters > kWidest && column > kBefore) skipped = column - kBefore;
  const auto begin = detail::byte_of_character(line, skipped);
  auto shown = std::string_view(line).substr(begin);
  const bool cut = detail::count_characters(shown) > kWidest;
  if (cut) shown = shown.substr(0, detail::byte_of_character(shown, kWidest));
  const auto before = detail::byte_of_character(shown, column - skipped);
  const auto marked =
      shown.substr(before, detail::byte_of_character(shown.substr(before), d.length));
  Excerpt out;
  out.text = (skipped > 0 ? "..." : "") + std::string(shown) + (cut ? "..." : "");
  out.caret = width_of(shown.substr(0, before)) + (skipped > 0 ? 3 : 0);
  out.length = std::max<std::size_t>(1, width_of(marked));
  return out;
}

void append_source(std::string& out, const Diagnostic& d, const Colours& colours) {
  const auto excerpt = cut_out(d);
  const auto number = std::to_string(d.line);
  const std::string margin(std::max<std::size_t>(5, number.size() + 1), ' ');
  out.append(margin.size() - number.size(), ' ').append(number).append(" | ");
  out.append(excerpt.text).append("\n").append(margin).append(" | ");
  out.append(excerpt.caret, ' ').append(colours.green).append("^");
  out.append(excerpt.length - 1, '~').append(colours.off).append("\n");
}

}  // namespace

std::string render(const Diagnostic& d, bool colour) {
  const Colours& colours = colour ? kAnsi : kNone;
  const bool error = d.severity == Diagnostic::Severity::error;
  std::string out(colours.bold);
  out.append(scrub(d.file));
  if (d.line > 0)
    out.append(":").append(std::to_string(d.line)).append(":").append(std::to_string(d.column));
  out.append(": ").append(colours.off).append(error ? colours.red : colours.yellow);
  out.append(error ? "error: " : "warning: ").append(colours.off);
  out.append(scrub(d.message)).append("\n");
  if (d.line > 0 && !d.source_line.empty()) append_source(out, d, colours);
  if (!d.hint.empty()) out.append("      = ").append(scrub(d.hint)).append("\n");
  return out;
}

std::vector<Diagnostic> from_findings(std::span<const rules::Finding> findings) {
  std::vector<Diagnostic> out;
  std::vector<detail::Source> sources;
  for (const auto& finding : findings) {
    auto source = std::find_if(sources.begin(), sources.end(),
                               [&](const auto& s) { return s.name() == finding.at.file; });
    if (source == sources.end()) {
      auto text = detail::read_file(finding.at.file.str());
      sources.emplace_back(finding.at.file, text ? std::move(*text) : std::string());
      source = sources.end() - 1;
    }
    out.push_back({finding.level == rules::Finding::Level::error ? Diagnostic::Severity::error
                                                                 : Diagnostic::Severity::warning,
                   finding.at.file, finding.at.line, finding.at.column, finding.length,
                   finding.message, finding.hint,
                   detail::mask_line(source->line(finding.at.line))});
    if (!finding.watch.empty() && finding.message.find(finding.watch) == std::string::npos)
      out.back().message.insert(0, finding.watch + ": ");
  }
  return out;
}

Diagnostic from_finding(const rules::Finding& finding) {
  return std::move(from_findings({&finding, 1}).front());
}

}  // namespace tocsin::config
