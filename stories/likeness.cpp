// SPDX-License-Identifier: MIT
#include "stories/detail/likeness.hpp"

#include <algorithm>
#include <cstddef>

namespace tocsin::stories::detail {
namespace {

constexpr std::uint32_t kShortItem = 60;    // words
constexpr std::size_t kFewestShingles = 8;  // fewer say nothing about copying

template <typename T>
std::size_t shared(const std::vector<T>& a, const std::vector<T>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k])
      ++count, ++i, ++k;
    else if (a[i] < b[k])
      ++i;
    else
      ++k;
  }
  return count;
}

template <typename T>
float shared_part(const std::vector<T>& a, const std::vector<T>& b) {
  const auto smaller = std::min(a.size(), b.size());
  return smaller == 0 ? 0 : static_cast<float>(shared(a, b)) / static_cast<float>(smaller);
}

/// Issues of a series share their frame and differ in numbers and names. In a short text half of
/// these must agree, in a long one some.
bool is_other_issue(const Features& a, const Features& b) {
  const auto both = shared(a.numbers, b.numbers);
  if (both == a.numbers.size() || both == b.numbers.size()) return false;
  const auto numbers = shared_part(a.numbers, b.numbers);
  const auto specifics = shared_part(a.specifics, b.specifics);
  const bool is_short = std::min(a.words, b.words) < kShortItem;
  return is_short ? numbers <= 0.5F && specifics <= 0.75F : numbers <= 0 && specifics <= 0.15F;
}

}  // namespace

float dot(const std::vector<Weight>& a, const std::vector<Weight>& b) {
  float sum = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i].hash == b[k].hash)
      sum += a[i++].weight * b[k++].weight;
    else if (a[i].hash < b[k].hash)
      ++i;
    else
      ++k;
  }
  return sum;
}

Likeness likeness(const Sketch& a, const Sketch& b) {
  Likeness out;
  out.words = dot(a.weights, b.weights);
  if (std::min(a.features.shingles.size(), b.features.shingles.size()) >= kFewestShingles)
    out.copied = shared_part(a.features.shingles, b.features.shingles);
  out.other_issue = is_other_issue(a.features, b.features);
  return out;
}

}  // namespace tocsin::stories::detail
