// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/names/detail/alignment.hpp"
#include "rules/names/detail/key_table.hpp"

namespace tocsin::rules::names {

/// The least that parts of names can cost beside one word, known from their symbols alone.
struct SoundBound {
  using Most = std::array<std::int16_t, Alignment::kLongest + 1>;
  std::array<std::int16_t, 128> least{};  ///< by symbol of the part, in hundredths; 0 for none
  Most most{};                            ///< by symbols of the part: beyond, it is no match
};

/// Parts of names by hashed keys, several parts a key. The first symbols of a part stand beside its
/// number, so that most of those that share a key with a word, but not its vowels, are put aside
/// without being fetched. Any thread: immutable after `finish`.
class SoundTable {
 public:
  /// Adds `number`, of a part that sounds like `symbols`. None, or more than
  /// `Alignment::kLongest`, are never ruled out.
  void add(std::uint64_t key, std::uint32_t number, std::string_view symbols);
  /// Puts what was added in its place. To be called once.
  void finish();

  /// Appends the numbers of `key` that `bound` does not rule out, and seldom one of another key: 32
  /// bits of it are compared.
  void find(std::uint64_t key, const SoundBound& bound, std::vector<std::uint32_t>& out) const;

 private:
  struct Entry {
    std::uint32_t key = 0, number = 0;
    std::array<char, 7> begin{};  ///< the first symbols; zeros behind fewer
    std::uint8_t length = 0;      ///< of all; 0: not known
  };
  struct Added {
    std::uint64_t key = 0;
    Entry entry;
  };
  [[nodiscard]] std::size_t place(std::uint64_t key) const noexcept { return key >> shift_; }

  std::vector<Added> adding_;
  KeyFilter filter_;
  std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(3);  ///< into entries_; one more
  std::vector<Entry> entries_;
  unsigned shift_ = 63;
};

}  // namespace tocsin::rules::names
