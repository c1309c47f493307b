// SPDX-License-Identifier: MIT
#include "rules/names/detail/alignment.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tocsin::rules::names {
namespace {

using Lanes = Alignment::Lanes;

constexpr std::int16_t kNever = 8000;      // more than any two words cost; sums of two still fit
constexpr std::int16_t kTransposed = 70;   // two neighbours the other way round: a slip of the hand
constexpr std::int16_t kFinalLiquid = 25;  // an r or l that ends a syllable and is not written
constexpr std::int16_t kLoneSymbol = 60;   // the first sound is seldom lost

/// `SoundCosts` in hundredths.
struct Hundredths {
  std::array<std::array<std::int16_t, 128>, 128> swap{};
  std::array<std::int16_t, 128> drop{}, unwritten{};

  static const Hundredths& instance() {
    static const Hundredths table;
    return table;
  }

 private:
  Hundredths() {
    const auto& costs = SoundCosts::instance();
    const auto of = [](float cost) { return static_cast<std::int16_t>(std::lround(100 * cost)); };
    for (std::size_t a = 0; a < 128; ++a) {
      const auto symbol = static_cast<Symbol>(a);
      drop[a] = of(costs.drop(symbol));
      unwritten[a] = of(costs.unwritten(symbol));
      for (std::size_t b = 0; b < 128; ++b)
        swap[a][b] = of(costs.swap(symbol, static_cast<Symbol>(b)));
    }
  }
};

std::size_t at(Symbol symbol) {
  return static_cast<unsigned char>(symbol) & 0x7FU;
}

/// True when one of the first lanes is at most `limit`.
template <std::size_t kBlocks>
bool any_within(const Alignment::Row& row, std::int16_t limit) noexcept {
  Lanes low{};
  for (std::size_t b = 0; b < kBlocks; ++b)
    low |= row[b] <= Lanes{limit, limit, limit, limit, limit, limit, limit, limit};
  std::array<std::uint64_t, 2> bits;
  std::memcpy(bits.data(), &low, sizeof low);
  return (bits[0] | bits[1]) != 0;
}

Lanes least(Lanes a, Lanes b) {
  return a < b ? a : b;
}

Lanes all(std::int16_t value) {
  return Lanes{value, value, value, value, value, value, value, value};
}

/// `row` some lanes further; the first lanes are 0.
template <int kLanes>
Lanes moved(Lanes row) {
#ifdef __SSE2__
  // g++ 12 makes a dozen instructions of the shuffle.
  return reinterpret_cast<Lanes>(_mm_slli_si128(reinterpret_cast<__m128i>(row), 2 * kLanes));
#else
  Lanes out{};
  for (int i = kLanes; i < 8; ++i) out[i] = row[i - kLanes];
  return out;
#endif
}

/// `row` one lane further, `carry` before it.
Lanes shifted(Lanes row, std::int16_t carry) {
  Lanes out = moved<1>(row);
  out[0] = carry;
  return out;
}

bool may_omit(Symbol symbol, Alignment::Omits omits) {
  if (symbol == 'r')
    return omits == Alignment::Omits::final_r || omits == Alignment::Omits::final_r_l;
  return (symbol == 'l' || symbol == 'L') && omits == Alignment::Omits::final_r_l;
}

/// The least of each lane and those before it.
Lanes least_so_far(Lanes row, std::int16_t carry) {
  constexpr std::int16_t kN = kNever;
  row = least(row, moved<1>(row) | Lanes{kN, 0, 0, 0, 0, 0, 0, 0});
  row = least(row, moved<2>(row) | Lanes{kN, kN, 0, 0, 0, 0, 0, 0});
  row = least(row, moved<4>(row) | Lanes{kN, kN, kN, kN, 0, 0, 0, 0});
  return least(row, all(carry));
}

}  // namespace

void Alignment::prepare(std::string_view word, Omits omits) {
  const auto& costs = Hundredths::instance();
  for (std::size_t i = 0; i < length_; ++i) places_[at(word_[i])] = 0;
  length_ = std::min(word.size(), kLongest);
  blocks_ = length_ / 8 + 1;
  omits_ = omits;
  drops_ = &costs.drop;
  if (++serial_ == 0) {
    made_.fill(0);
    serial_ = 1;
  }
  std::copy_n(word.begin(), length_, word_.begin());
  sums_.fill(all(kNever));
  std::int16_t sum = 0;
  for (std::size_t j = 0; j <= length_; ++j) {
    if (j > 0) {
      sum = static_cast<std::int16_t>(sum + costs.drop[at(word_[j - 1])]);
      places_[at(word_[j - 1])] |= 1U << (j - 1);
    }
    sums_[j / 8][j % 8] = sum;
  }
  first_ = sums_;
  least_ = omits == Omits::vowels ? costs.unwritten : costs.drop;
  for (const Symbol liquid : {'r', 'l', 'L'})
    if (may_omit(liquid, omits)) least_[at(liquid)] = kFinalLiquid;
  for (std::size_t j = 0; j < length_; ++j) {
    const auto& swap = costs.swap[at(word_[j])];
    for (std::size_t s = 0; s < least_.size(); ++s) least_[s] = std::min(least_[s], swap[s]);
  }
}

const Alignment::Row& Alignment::swaps(Symbol symbol) {
  Row& row = swaps_[at(symbol)];
  if (made_[at(symbol)] == serial_) return row;
  made_[at(symbol)] = serial_;
  const auto& costs = Hundredths::instance().swap[at(symbol)];
  for (std::size_t b = 0; b < blocks_; ++b) row[b] = all(kNever);
  for (std::size_t j = 0; j < length_; ++j) row[(j + 1) / 8][(j + 1) % 8] = costs[at(word_[j])];
  return row;
}

/// What leaving the last of `depth` symbols of `other` out costs.
std::int16_t Alignment::missing(std::string_view other, std::size_t depth) const {
  if (omits_ == Omits::nothing || depth == 1) return (*drops_)[at(other[depth - 1])];
  return missing_by_script(other, depth);
}

std::int16_t Alignment::missing_by_script(std::string_view other, std::size_t depth) const {
  const auto& costs = Hundredths::instance();
  const Symbol symbol = other[depth - 1];
  if (omits_ == Omits::vowels) return costs.unwritten[at(symbol)];
  const bool ends = depth == other.size() || !SoundCosts::instance().vowel(other[depth]);
  return ends && may_omit(symbol, omits_) ? kFinalLiquid : costs.drop[at(symbol)];
}

/// The row one symbol further: of `depth` symbols of `other`, from the rows one and two symbols
/// shorter.
template <std::size_t kBlocks>
void Alignment::next(std::string_view other, std::size_t depth, const Row& above,
                     const Row& two_above, Row& out) {
  const Symbol symbol = other[depth - 1];
  const Symbol before = depth > 1 ? other[depth - 2] : Symbol{};
  const std::int16_t missing = this->missing(other, depth);
  const Row& swap = swaps(symbol);
  std::int16_t carry = kNever;
  for (std::size_t b = 0; b < kBlocks; ++b) {
    out[b] = least(above[b] + missing, shifted(above[b], carry) + swap[b]);
    carry = above[b][7];
  }
  if (depth == 1)
    out[0][0] = static_cast<std::int16_t>(above[0][0] + std::max(missing, kLoneSymbol));
  if (before != 0 && before != symbol) transpose(symbol, before, two_above, out);
  carry = kNever;
  for (std::size_t b = 0; b < kBlocks; ++b) {
    const Lanes low = least_so_far(out[b] - sums_[b], carry);
    carry = low[7];
    out[b] = low + sums_[b];
  }
}

void Alignment::transpose(Symbol symbol, Symbol before, const Row& two_above, Row& out) const {
  std::uint32_t second = places_[at(symbol)] << 1U & places_[at(before)];  // where the pair ends
  for (; second != 0; second &= second - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(second)) + 1;
    const int cost = two_above[(j - 2) / 8][(j - 2) % 8] + kTransposed;
    auto& lane = out[j / 8];
    if (cost < lane[j % 8]) lane[j % 8] = static_cast<std::int16_t>(cost);
  }
}

template <std::size_t kBlocks>
bool Alignment::run_blocks(std::string_view other, int left, Row& row) {
  std::array<Row, 3> rows;
  std::copy_n(first_.begin(), kBlocks, rows[0].begin());
  std::size_t above = 0, two_above = 2, out = 1;
  for (std::size_t depth = 1; depth <= other.size(); ++depth) {
    next<kBlocks>(other, depth, rows[above], rows[two_above], rows[out]);
    left += least_[at(other[depth - 1])];
    if (!any_within<kBlocks>(rows[out], static_cast<std::int16_t>(left))) return false;
    const std::size_t free = two_above;
    two_above = above;
    above = out;
    out = free;
  }
  std::copy_n(rows[above].begin(), kBlocks, row.begin());
  return true;
}

bool Alignment::run(std::string_view other, std::int16_t limit, Row& row) {
  // What the rest must cost at least is taken off the limit.
  int left = limit;
  for (const Symbol symbol : other) left -= least_[at(symbol)];
  if (left < 0) return false;
  switch (blocks_) {
    case 1: return run_blocks<1>(other, left, row);
    case 2: return run_blocks<2>(other, left, row);
    case 3: return run_blocks<3>(other, left, row);
    default: return run_blocks<4>(other, left, row);
  }
}

}  // namespace tocsin::rules::names
