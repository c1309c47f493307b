// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tocsin::rules::detail {

/// From a 64-bit key to the watches that hang on it: a flat hash table behind a Bloom filter whose
/// two bits lie in one machine word, so that "no" costs one look into a small array.
/// Any thread: immutable once built.
class Table {
 public:
  Table() = default;

  /// Builds it from pairs of key and watch, in any order; pairs that occur twice count once.
  explicit Table(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries);

  /// False when no watch hangs on `key`; true in a few of a thousand other cases too.
  [[nodiscard]] bool perhaps(std::uint64_t key) const noexcept {
    const auto word = filter_[(key >> 40U) & filter_mask_];
    const auto bits = (std::uint64_t{1} << (key & 63U)) | (std::uint64_t{1} << ((key >> 6U) & 63U));
    return (word & bits) == bits;
  }

  /// Appends the watches of `key` to `out`.
  void find(std::uint64_t key, std::vector<std::uint32_t>& out) const {
    if (slots_.empty()) return;
    for (auto at = (key >> 12U) & slot_mask_; slots_[at].count != 0; at = (at + 1) & slot_mask_) {
      const auto& slot = slots_[at];
      if (slot.key != key) continue;
      if (slot.count == 1)
        out.push_back(slot.begin);
      else
        out.insert(out.end(), watches_.begin() + slot.begin,
                   watches_.begin() + slot.begin + slot.count);
      return;
    }
  }

  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

 private:
  /// A count of 1 keeps its only watch in `begin`; 0 is an empty slot.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t begin = 0, count = 0;
  };

  void insert(std::uint64_t key, std::uint32_t begin, std::uint32_t count) noexcept;

  std::vector<std::uint64_t> filter_ = {0};
  std::uint64_t filter_mask_ = 0;
  std::vector<Slot> slots_;
  std::uint64_t slot_mask_ = 0;
  std::vector<std::uint32_t> watches_;
};

}  // namespace tocsin::rules::detail
