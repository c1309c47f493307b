// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tocsin::rules::names {

/// A set of hashed keys that answers "perhaps" or "certainly not" (a Bloom filter of one probe a
/// key, which wants no more than one bit in sixteen). Any thread: immutable when filled.
class KeyFilter {
 public:
  /// Makes room for `keys` keys; forgets what was added.
  void reserve(std::size_t keys);
  void add(std::uint64_t key) noexcept { bits_[key >> shift_] |= bit(key); }
  /// False when `key` was certainly not added.
  [[nodiscard]] bool perhaps(std::uint64_t key) const noexcept {
    return (bits_[key >> shift_] & bit(key)) != 0;
  }

 private:
  static std::uint64_t bit(std::uint64_t key) noexcept { return std::uint64_t{1} << (key & 63U); }
  std::vector<std::uint64_t> bits_ = std::vector<std::uint64_t>(2);
  unsigned shift_ = 63;
};

/// Numbers by hashed keys: several numbers a key, several keys a number. Any thread: immutable
/// after `finish`.
class KeyTable {
 public:
  void add(std::uint64_t key, std::uint32_t number) { adding_.push_back({key, number}); }
  /// Puts what was added in its place. To be called once.
  void finish();

  /// Appends the numbers of `key`, and seldom one that is not: 32 bits of the key are compared.
  void find(std::uint64_t key, std::vector<std::uint32_t>& out) const;

  /// True when `key` has a number, and hardly ever when it has none.
  [[nodiscard]] bool contains(std::uint64_t key) const noexcept;

  /// Entries; each is 8 bytes, and 4 to 8 more for its place.
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  struct Added {
    std::uint64_t key = 0;
    std::uint32_t number = 0;
  };
  struct Entry {
    std::uint32_t key = 0, number = 0;
  };
  [[nodiscard]] std::size_t place(std::uint64_t key) const noexcept { return key >> shift_; }

  std::vector<Added> adding_;
  KeyFilter filter_;
  std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(3);  ///< into entries_; one more
  std::vector<Entry> entries_;
  unsigned shift_ = 63;
};

}  // namespace tocsin::rules::names
