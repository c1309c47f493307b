// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::app {

/// A width that nothing is cut for.
inline constexpr std::size_t kAnyWidth = static_cast<std::size_t>(-1);

/// How many columns standard output has: those of its terminal, else what COLUMNS says, else
/// `kAnyWidth`, so that a pipe gets every word.
std::size_t output_width() noexcept;

/// Rows of text as columns under `heads`, two blanks apart. Where that is wider than `width`, the
/// widest columns give way, and a cell that is cut ends in "…". Control characters are taken out;
/// an empty cell is "-". Any thread: pure.
std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows,
                  std::size_t width = output_width());

}  // namespace tocsin::app
