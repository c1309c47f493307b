// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/names/detail/spelling.hpp"

namespace tocsin::rules::names {

/// A part of a watched name that a word of the text may be.
struct PartMatch {
  std::uint32_t part = 0;
  float cost = 0;           ///< sum of the differences
  std::uint8_t length = 0;  ///< symbols of the longer side: cost / length is the difference
};

/// What a word looks like to the search.
struct Probe {
  std::string_view symbols;
  std::vector<Stem> stems;  ///< where it may end instead of at its end
  Script script = Script::none;
  float per_symbol = 0;  ///< the greatest cost / length
};

/// All parts of all watched names by their sounds; finds those that sound like a word, by a
/// weighted edit distance over the rows of the classical table, one row a trie node, cut where a
/// whole row is above the budget. Any thread: immutable after `build`.
class PartTrie {
 public:
  /// Takes the parts' symbols; a part's number is its place. Empty ones are never found.
  void build(const std::vector<std::string>& parts);

  /// Appends every part within the probe's budget. Work memory is kept in `rows`.
  void search(const Probe& probe, std::vector<float>& rows, std::vector<PartMatch>& out) const;

  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_.size(); }

 private:
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t first_part = 0;  ///< into parts_
    std::uint16_t parts = 0;
    std::uint8_t children = 0;
    Symbol symbol = 0;
  };
  struct Search;
  void grow(const std::vector<std::string>& symbols, std::uint32_t node, std::size_t begin,
            std::size_t end, std::size_t depth);
  void descend(Search& search, std::uint32_t node, std::size_t depth) const;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> parts_;  ///< part numbers, ordered by symbols
};

}  // namespace tocsin::rules::names
