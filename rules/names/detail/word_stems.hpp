// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::rules::names {

/// What a word of an organisation's name may share with its other forms: hashes of its stems.
struct StemSet {
  /// Whose word it is: the two sides' stems are made to meet each other.
  enum class Side : std::uint8_t { configured, text };

  static constexpr std::size_t kMost = 14;
  std::array<std::uint64_t, kMost> all{};
  std::uint8_t count = 0;
  std::uint8_t sure = 0;  ///< so many of the first count also where the word is the whole name

  /// Adds a stem, once; what finds no place is left out.
  void add(std::uint64_t stem, bool as_sure);
  /// True when the two words, one of each side, share a stem; `alone`: one that is sure for both.
  [[nodiscard]] bool meets(const StemSet& other, bool alone) const noexcept;
};

/// The stems of the folded word, whatever its language: its script's endings are tried, Slavic
/// ones, German, Turkish, Finnish, Hungarian, Baltic and Romanian; articles and clitics of
/// Bulgarian, Arabic and Hebrew; consonants that soften before an ending (banka, v bance); and the
/// vowel that comes and goes before the last consonant (държавен, държавния). All of a configured
/// word may be its stem: what looks like an ending may be part of it (Gazprom, Gazproma). Any
/// thread: pure.
StemSet stems_of(std::string_view folded, StemSet::Side side);

}  // namespace tocsin::rules::names
