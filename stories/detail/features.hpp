// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "model/item.hpp"

namespace tocsin::stories::detail {

/// One word of an item, by the hash of its beginning: inflected forms are then mostly one.
struct Term {
  std::uint64_t hash = 0;
  float count = 0;           ///< how often, words of the title counting double
  std::uint8_t letters = 0;  ///< of the whole word, as it first came; at most 255
  bool name = false;         ///< written with a capital where the language does not ask for one
  bool number = false;
};

/// What the grouper remembers of an item's words.
struct Features {
  std::vector<Term> terms;               ///< by first occurrence, each once
  std::vector<std::uint64_t> numbers;    ///< hashes, sorted, each once
  std::vector<std::uint64_t> specifics;  ///< of numbers and names: sorted, each once
  std::vector<std::uint32_t> shingles;   ///< runs of four words of the text: sorted, each once
  std::uint32_t words = 0;               ///< in title and text
};

/// Reads the title without the names of its authors behind it, and the beginning of the text.
/// Linear in the part that is read, which is bounded. Any thread: pure.
Features features_of(const Item& item);

/// A hash that is the same in every process, for what is compared and never shown.
std::uint64_t steady_hash(std::string_view bytes) noexcept;

}  // namespace tocsin::stories::detail
