// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_map>
#include <vector>

#include "stories/detail/vocabulary.hpp"

namespace tocsin::stories::detail {

/// The sum of the weights of a story's items: what the story as a whole is about. Holds its
/// heaviest words alone, so its size is bounded. One thread at a time.
class StoryCentre {
 public:
  /// Adds one item's weights.
  void add(const std::vector<Weight>& weights);

  /// The cosine between the centre and an item: 0 to 1.
  [[nodiscard]] float likeness(const std::vector<Weight>& weights) const;

 private:
  void keep_heaviest();

  std::unordered_map<std::uint64_t, float> sum_;  // by word
};

}  // namespace tocsin::stories::detail
