// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tocsin::rules::detail {

/// What hangs on a key: a watch that could hold, or a leaf of a watch that needs no more to hold.
struct Posting {
  /// Values of `leaf` that are no leaf.
  static constexpr std::uint32_t kCandidate = 0xFFFFFFFF;  ///< `watch` has to be evaluated
  static constexpr std::uint32_t kMany = 0xFFFFFFFE;       ///< in a slot: see Table::Slot
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFD;
  /// From this value on: the same as kCandidate, if a companion is there; the difference is the
  /// window that it must be in, and 0 is the whole article. From kCompanionHead on it is told by
  /// how it begins.
  static constexpr std::uint32_t kCompanion = 0xFFFFFF00, kCompanionHead = 0xFFFFFF80;

  std::uint32_t watch = 0;
  std::uint32_t leaf = kCandidate;  ///< index into Program::codes
  std::uint64_t more = 0;  ///< companions (Article::may_hold_any), or where the leaf's words are

  friend auto operator<=>(const Posting&, const Posting&) = default;
};

struct Entry {
  std::uint64_t key = 0;
  Posting posting;

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

/// From a 64-bit key to postings: a flat hash table behind a Bloom filter whose two bits lie in one
/// machine word, so that "no" costs one look into a small array, and a single posting one cache
/// line. Any thread: immutable once built.
class Table {
 public:
  Table() = default;

  /// Builds it from entries in any order; entries that occur twice count once.
  explicit Table(std::vector<Entry> entries);

  /// False when nothing hangs on `key`; true in a few of a hundred other cases too.
  [[nodiscard]] bool perhaps(std::uint64_t key) const noexcept {
    const auto word = filter_[(key >> 40U) & filter_mask_];
    const auto bits = (std::uint64_t{1} << (key & 63U)) | (std::uint64_t{1} << ((key >> 6U) & 63U));
    return (word & bits) == bits;
  }

  /// Calls for the memory that `find` will read.
  void prefetch(std::uint64_t key) const noexcept { __builtin_prefetch(&slots_[home(key)]); }

  /// The postings of `key`. Only on a table that is not empty.
  [[nodiscard]] std::span<const Posting> find(std::uint64_t key) const noexcept {
    for (auto at = home(key);; at = at + 1 == slots_.size() ? 0 : at + 1) {
      const auto& slot = slots_[at];
      if (slot.posting.leaf == Posting::kEmpty) return {};
      if (slot.key != key) continue;
      if (slot.posting.leaf != Posting::kMany) return {&slot.posting, 1};
      return std::span(postings_).subspan(slot.posting.watch, slot.posting.more);
    }
  }

  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

 private:
  /// An only posting stands in its slot; of several the slot tells where they begin (`watch`) and
  /// how many they are (`more`).
  using Slot = Entry;

  /// Where the search for `key` begins: the upper half of the key, scaled to the table.
  [[nodiscard]] std::size_t home(std::uint64_t key) const noexcept {
    return static_cast<std::size_t>(((key >> 32U) * slots_.size()) >> 32U);
  }
  void insert(const Slot& slot) noexcept;

  std::vector<std::uint64_t> filter_ = {0};
  std::uint64_t filter_mask_ = 0;
  std::vector<Slot> slots_;
  std::vector<Posting> postings_;
};

}  // namespace tocsin::rules::detail
