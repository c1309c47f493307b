// SPDX-License-Identifier: MIT
#include "base/spelling.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace tocsin {
namespace {

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of
/// neighbours, by dynamic programming over three rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view closest(std::string_view word, std::span<const std::string_view> names) {
  constexpr std::size_t kLongest = 100;  // beyond that nobody mistyped a name
  if (word.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = std::min<std::size_t>(3, std::max<std::size_t>(1, word.size() / 3)) + 1;
  for (const auto name : names) {
    if (name.size() > kLongest) continue;
    if (const auto d = distance(word, name); d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

}  // namespace tocsin
