// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "stories/detail/features.hpp"

namespace tocsin::stories::detail {

/// A word's share in what an item is about.
struct Weight {
  std::uint64_t hash = 0;
  float weight = 0;
};

/// How common words are, learned from the items that came, and what a word's weight is by that.
///
/// Before anything came, a word's form is the guess: short ones are common, names and numbers rare.
/// Old items count less and less, which also bounds the memory. One thread at a time.
class Vocabulary {
 public:
  /// The weights of an item's words, of length 1 as a vector, sorted by hash. Words that are in
  /// nearly every item have none.
  [[nodiscard]] std::vector<Weight> weights(const Features& features) const;

  /// Counts the words of one more item.
  void learn(const Features& features);

 private:
  void forget_half();

  std::unordered_map<std::uint64_t, float> items_with_;  // by word
  float items_ = 0;
};

}  // namespace tocsin::stories::detail
