// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tocsin::text::detail {

/// For each byte: what an ASCII letter, digit or underscore folds to, or 0.
inline constexpr std::array<char, 256> kAsciiWord = [] {
  std::array<char, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
  for (int c = 'a'; c <= 'z'; ++c) {
    table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    table[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<char>(c);
  }
  table['_'] = '_';
  return table;
}();

inline constexpr std::size_t kBlock = 16;

/// What 16 bytes of text are: bit i of a mask tells of byte i.
struct AsciiBlock {
  std::uint32_t words = 0;  ///< letters, digits and underscores of ASCII
  std::uint32_t high = 0;   ///< bytes of longer characters
};

/// Looks at the 16 bytes at `from` and writes them to `to` in small letters. One byte after the
/// other: for machines without the instructions below, and to check those.
inline AsciiBlock take_block_plainly(const char* from, char* to) noexcept {
  AsciiBlock out;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(from[i]);
    const char folded = kAsciiWord[byte];
    if (folded != 0) out.words |= 1U << i;
    if (byte >= 0x80) out.high |= 1U << i;
    to[i] = folded != 0 ? folded : from[i];
  }
  return out;
}

/// The same, 16 bytes at once where the machine can.
inline AsciiBlock take_block(const char* from, char* to) noexcept {
#if defined(__SSE2__)
  // Comparisons are signed: adding 0x80 - first moves a range's first to the least of all values.
  const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const auto shifted = [](__m128i value, int first) {
    return _mm_add_epi8(value, _mm_set1_epi8(static_cast<char>(0x80 - first)));
  };
  const auto small = _mm_set1_epi8(0x20);
  const auto letter = _mm_cmplt_epi8(shifted(_mm_or_si128(bytes, small), 'a'),
                                     _mm_set1_epi8(static_cast<char>(-128 + 26)));
  const auto digit =
      _mm_cmplt_epi8(shifted(bytes, '0'), _mm_set1_epi8(static_cast<char>(-128 + 10)));
  const auto line = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to),
                   _mm_or_si128(bytes, _mm_and_si128(letter, small)));
  const auto word = _mm_or_si128(_mm_or_si128(letter, digit), line);
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(word)),
          static_cast<std::uint32_t>(_mm_movemask_epi8(bytes))};
#else
  return take_block_plainly(from, to);
#endif
}

}  // namespace tocsin::text::detail
