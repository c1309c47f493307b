// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "stories/detail/vocabulary.hpp"

namespace tocsin::stories::detail {

/// An item as it is compared.
struct Sketch {
  Features features;
  std::vector<Weight> weights;  ///< sorted by hash, of length 1
};

/// What two items have in common.
struct Likeness {
  float words = 0;           ///< cosine of the weights: 0 to 1
  float copied = 0;          ///< share of the shorter one's runs of words that the other has, too
  bool other_issue = false;  ///< both give numbers, and different ones: the next issue of a series
};

/// Compares two items. Linear in their sizes. Any thread: pure.
Likeness likeness(const Sketch& a, const Sketch& b);

/// The sum of products of the weights that two lists share; both are sorted by hash.
float dot(const std::vector<Weight>& a, const std::vector<Weight>& b);

}  // namespace tocsin::stories::detail
