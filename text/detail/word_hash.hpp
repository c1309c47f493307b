// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tocsin::text::detail {

/// Drawn once a process, so that nobody can write two words with one hash.
extern const std::uint64_t kHashSeed;

/// Bytes that may be read behind a word.
inline constexpr std::size_t kPadding = 16;

/// The two halves of a product of 128 bits, folded onto each other: every bit of both factors
/// changes half of the result's.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;  // g++ and clang on 64-bit machines
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

inline std::uint64_t load(const char* from) noexcept {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// Masks that keep the first n bytes of 16, as two numbers.
struct HalfMasks {
  std::uint64_t low = 0, high = 0;
};
inline constexpr std::array<HalfMasks, 17> kFirstBytes = [] {
  std::array<HalfMasks, 17> table{};
  constexpr auto first = [](std::size_t n) {
    return n >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * n)) - 1;
  };
  for (std::size_t n = 0; n <= 16; ++n) table[n] = {first(n), n < 8 ? 0 : first(n - 8)};
  return table;
}();

/// The hash of the last or only 16 bytes or less of a word. All `kPadding` bytes at `at` are read.
inline std::uint64_t hash_end(const char* at, std::size_t size, std::uint64_t state) noexcept {
  const auto& keep = kFirstBytes[size];
  return mix((load(at) & keep.low) ^ 0x589965CC75374CC3ULL ^ kHashSeed,
             (load(at + 8) & keep.high) ^ state);
}

inline std::uint64_t hash_state(std::size_t size) noexcept {
  return kHashSeed ^ (size * 0xE7037ED1A0B428DBULL);
}

/// The hash of `size` bytes; up to `kPadding` bytes behind them are read and made no use of.
inline std::uint64_t padded_hash(const char* at, std::size_t size) noexcept {
  auto state = hash_state(size);
  for (; size > 16; at += 16, size -= 16)
    state = mix(load(at) ^ 0x8EBC6AF09C88C6E3ULL, load(at + 8) ^ state);
  return hash_end(at, size, state);
}

}  // namespace tocsin::text::detail
