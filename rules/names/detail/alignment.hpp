// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "rules/names/detail/phonemes.hpp"

namespace tocsin::rules::names {

/// Costs of comparing one word with others, symbol by symbol: a weighted edit distance (Wagner and
/// Fischer 1974, with the transposition of Lowrance and Wagner 1975), a row of its table at a time,
/// eight columns in one vector register. Costs are hundredths of an unrelated consonant, so that
/// they add up exactly. One thread at a time.
class Alignment {
 public:
  /// Symbols of a word or of a part that are compared; longer ones are not.
  static constexpr std::size_t kLongest = 31;

  using Lanes [[gnu::vector_size(16)]] = std::int16_t;
  /// Costs of every beginning of the word against one beginning of the other.
  using Row = std::array<Lanes, (kLongest + 8) / 8>;

  /// What a script may leave out of a name.
  enum class Omits : std::uint8_t {
    nothing,
    vowels,     ///< the short ones
    final_r,    ///< r that ends a syllable, as in hangul: Gordon, 고든
    final_r_l,  ///< l too, as in Han
  };

  /// Takes the word, whose script leaves `omits` out. At most `kLongest` symbols, which are not
  /// kept by reference.
  void prepare(std::string_view word, Omits omits);

  /// Compares the word with the whole of `other`, of 1 to `kLongest` symbols: fills `row`. False
  /// as soon as every beginning of the word must cost more than `limit`.
  bool run(std::string_view other, std::int16_t limit, Row& row);

  /// The least that each symbol of another word can cost beside the one prepared.
  [[nodiscard]] const std::array<std::int16_t, 128>& least_costs() const noexcept { return least_; }

  /// The cost of the first `length` symbols of the word.
  [[nodiscard]] static int cost(const Row& row, std::size_t length) noexcept {
    return row[length / 8][length % 8];
  }

 private:
  template <std::size_t kBlocks>
  bool run_blocks(std::string_view other, int left, Row& row);
  template <std::size_t kBlocks>
  void next(std::string_view other, std::size_t depth, const Row& above, const Row& two_above,
            Row& out);
  [[nodiscard]] std::int16_t missing(std::string_view other, std::size_t depth) const;
  [[nodiscard]] std::int16_t missing_by_script(std::string_view other, std::size_t depth) const;
  const Row& swaps(Symbol symbol);
  void transpose(Symbol symbol, Symbol before, const Row& two_above, Row& out) const;

  std::size_t length_ = 0, blocks_ = 0;
  Omits omits_{};
  std::array<char, kLongest + 1> word_{};
  std::array<std::uint32_t, 128> places_{};  ///< bit j: the word's symbol j
  std::array<std::uint32_t, 128> made_{};    ///< for which word `swaps_` were computed
  std::array<Row, 128> swaps_{};
  Row first_{}, sums_{};
  std::array<std::int16_t, 128> least_{};  ///< by symbol of the other: missing, or for one of ours
  const std::array<std::int16_t, 128>* drops_ = nullptr;
  std::uint32_t serial_ = 0;
};

}  // namespace tocsin::rules::names
