// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "rules/names/detail/buckets.hpp"

namespace tocsin::rules::names {

/// Numbers by hashed keys: several numbers a key, several keys a number. To be filled by `fill`.
/// Any thread: immutable then.
class KeyTable {
 public:
  void reserve(std::size_t entries) { buckets_.reserve(entries); }
  void announce(std::uint64_t key) { buckets_.announce(key); }
  void open() { buckets_.open(); }
  void put(std::uint64_t key, std::uint32_t number) {
    buckets_.put(key, {static_cast<std::uint32_t>(key), number});
  }

  /// Appends the numbers of `key`, and seldom one that is not: 32 bits of the key are compared.
  void find(std::uint64_t key, std::vector<std::uint32_t>& out) const;

  /// True when `key` has a number, and hardly ever when it has none.
  [[nodiscard]] bool contains(std::uint64_t key) const noexcept;

  /// Entries; each is 8 bytes, and 4 to 8 more for its place.
  [[nodiscard]] std::size_t size() const noexcept { return buckets_.size(); }

 private:
  struct Entry {
    std::uint32_t key = 0, number = 0;
  };
  Buckets<Entry> buckets_;
};

}  // namespace tocsin::rules::names
