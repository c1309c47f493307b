// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
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

/// Entries by hashed keys, those of one bucket side by side in one piece of memory, which is never
/// larger than they need: `fill` makes it. Any thread: immutable when filled.
template <class Entry>
class Buckets {
 public:
  /// Makes room for `entries` entries; forgets what was there.
  void reserve(std::size_t entries) {
    const auto places = std::bit_ceil(std::max<std::size_t>(2, entries));
    shift_ = 64U - static_cast<unsigned>(std::countr_zero(places));
    filter_.reserve(entries);
    places_.assign(places + 1, 0);
    entries_.assign(entries, Entry{});
  }
  /// Tells of one entry to come.
  void announce(std::uint64_t key) {
    filter_.add(key);
    ++places_[place(key)];
  }
  /// To be called between the last `announce` and the first `put`.
  void open() {
    std::uint32_t end = 0;
    for (std::uint32_t& place : places_) place = end += place;
  }
  /// Puts one entry that was announced in its place.
  void put(std::uint64_t key, const Entry& entry) { entries_[--places_[place(key)]] = entry; }

  /// The entries whose keys share a bucket with `key`; none where the filter knows better.
  [[nodiscard]] std::span<const Entry> at(std::uint64_t key) const noexcept {
    if (!filter_.perhaps(key)) return {};
    const std::size_t at = place(key);
    return std::span(entries_).subspan(places_[at], places_[at + 1] - places_[at]);
  }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  [[nodiscard]] std::size_t place(std::uint64_t key) const noexcept { return key >> shift_; }

  KeyFilter filter_;
  std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(3);  ///< into entries_; one more
  std::vector<Entry> entries_;
  unsigned shift_ = 63;
};

/// Fills a table with what `generate` tells a visitor, which it must do the same way each time: the
/// key first, then what `Table::put` takes. It is asked three times, which costs less than the
/// memory of remembering everything.
template <class Table, class Generate>
void fill(Table& table, Generate generate) {
  std::size_t count = 0;
  generate([&](const auto&...) { ++count; });
  table.reserve(count);
  generate([&](std::uint64_t key, const auto&...) { table.announce(key); });
  table.open();
  generate([&](std::uint64_t key, const auto&... entry) { table.put(key, entry...); });
}

}  // namespace tocsin::rules::names
