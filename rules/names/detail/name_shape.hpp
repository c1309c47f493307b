// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules::names {

/// A configured name taken apart.
struct NameShape {
  std::vector<std::string> words;   ///< as written; at most `kMostWords`, or none
  std::vector<std::string> folded;  ///< the same, folded
  std::vector<bool> hyphen;         ///< whether a hyphen stands before the word
  std::size_t family = 0;           ///< the first word of the family name
  std::size_t families = 1;         ///< its words: two when a hyphen joins them
  bool eastern = false;             ///< written family name first: Kim Jong-un, Hu Jintao
  std::vector<std::size_t> given;   ///< the words that are given names

  static constexpr std::size_t kMostWords = 8;
};

/// Takes `spelling` apart: "Family, Given" is turned round; titles in front and "Jr." behind are
/// dropped. No words: there is nothing to find, or too much. Any thread: pure.
NameShape shape_of_name(std::string_view spelling);

}  // namespace tocsin::rules::names
