// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin::daemon {

/// A set of keys of items: hashes, so that their own bits say where each stands, and never 0. It is
/// made for each document, and an std::unordered_set would allocate for each key. One thread at a
/// time.
class KeySet {
 public:
  /// Holds up to `most` keys.
  explicit KeySet(std::size_t most) : places_(std::bit_ceil(most * 2 + 1)) {}
  explicit KeySet(const std::vector<std::uint64_t>& keys) : KeySet(keys.size()) {
    for (const auto key : keys) insert(key);
  }

  /// False when it was there already.
  bool insert(std::uint64_t key) noexcept {
    auto& place = places_[place_of(key)];
    if (place == key) return false;
    place = key;
    return true;
  }

  [[nodiscard]] bool contains(std::uint64_t key) const noexcept {
    return key != 0 && places_[place_of(key)] == key;
  }

 private:
  /// Where `key` stands, or would: at least half of the places are empty.
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const noexcept {
    const auto mask = places_.size() - 1;
    auto at = key & mask;
    while (places_[at] != 0 && places_[at] != key) at = (at + 1) & mask;
    return at;
  }

  std::vector<std::uint64_t> places_;  // 0: empty; their number is a power of two
};

}  // namespace tocsin::daemon
