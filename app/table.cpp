// SPDX-License-Identifier: MIT
#include "app/table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/redact.hpp"

namespace tocsin::app {
namespace {

using Line = std::vector<std::string>;

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 6;  // of a column that gives way
constexpr std::size_t kLongestCell = 400;

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

/// Code points, which is near enough to columns for names and times.
std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string cut(const std::string& text, std::size_t width) {
  if (columns_of(text) <= width) return text;
  std::size_t columns = 0, end = 0;
  while (end < text.size() && (columns < width || !begins_character(text[end]))) {
    columns += begins_character(text[end]) ? 1U : 0U;
    if (columns == width) break;
    ++end;
  }
  return text.substr(0, end) + "…";
}

std::vector<std::size_t> natural_widths(const std::vector<Line>& lines) {
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], columns_of(line[i]));
  return widths;
}

/// Takes from the widest column, again and again, until all fit.
void fit(std::vector<std::size_t>& widths, std::size_t width) {
  auto total = std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  while (total > width) {
    auto& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= kNarrowest) return;
    --widest;
    --total;
  }
}

}  // namespace

std::size_t output_width() noexcept {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)  // NOLINT(*-vararg)
    return size.ws_col;
  const char* text = std::getenv("COLUMNS");  // NOLINT(concurrency-mt-unsafe)
  std::size_t columns = 0;
  if (text != nullptr) std::from_chars(text, text + std::strlen(text), columns);
  return columns > 0 ? columns : kAnyWidth;
}

std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows, std::size_t width) {
  std::vector<Line> lines{heads};
  for (const auto& row : rows) {
    auto& line = lines.emplace_back();
    for (const auto& cell : row) line.push_back(cell.empty() ? "-" : scrub(cell, kLongestCell));
  }
  auto widths = natural_widths(lines);
  fit(widths, width);
  std::string out;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto cell = cut(line[i], widths[i]);
      out += cell;
      if (i + 1 < line.size()) out.append(widths[i] - columns_of(cell) + kGap, ' ');
    }
    out += '\n';
  }
  return out;
}

}  // namespace tocsin::app
