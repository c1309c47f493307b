// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/names/detail/alignment.hpp"
#include "rules/names/detail/buckets.hpp"

namespace tocsin::rules::names {

/// The least that parts of names can cost beside one word, known from their symbols alone.
struct SoundBound {
  using Most = std::array<std::int16_t, Alignment::kLongest + 1>;
  std::array<std::int16_t, 128> least{};  ///< by symbol of the part, in hundredths; 0 for none
  Most most{};                            ///< by symbols of the part: beyond, it is no match
};

/// Numbers of parts of names by hashed keys, several a key. The first symbols of the part stand
/// beside its number, so that most of those that share a key with a word, but not its vowels, are
/// put aside without being fetched. To be filled by `fill`. Any thread: immutable then.
class SoundTable {
 public:
  void reserve(std::size_t entries) { buckets_.reserve(entries); }
  void announce(std::uint64_t key) { buckets_.announce(key); }
  void open() { buckets_.open(); }
  /// `number` is of a part that sounds like `symbols`. None, or more than `Alignment::kLongest`,
  /// are never ruled out.
  void put(std::uint64_t key, std::uint32_t number, std::string_view symbols);

  /// Appends the numbers of `key` that `bound` does not rule out, and seldom one of another key: 32
  /// bits of it are compared.
  void find(std::uint64_t key, const SoundBound& bound, std::vector<std::uint32_t>& out) const;

 private:
  struct Entry {
    std::uint32_t key = 0, number = 0;
    std::array<char, 7> begin{};  ///< the first symbols; zeros behind fewer
    std::uint8_t length = 0;      ///< of all; 0: not known
  };
  Buckets<Entry> buckets_;
};

}  // namespace tocsin::rules::names
