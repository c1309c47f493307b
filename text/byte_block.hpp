// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tocsin::text {

/// Which of the sixteen bytes of a block have a property.
class ByteFlags {
 public:
#if defined(__SSE2__)
  explicit ByteFlags(__m128i lanes) noexcept : lanes_(lanes) {}
  friend ByteFlags operator|(ByteFlags a, ByteFlags b) noexcept {
    return ByteFlags(_mm_or_si128(a.lanes_, b.lanes_));
  }
  friend ByteFlags operator&(ByteFlags a, ByteFlags b) noexcept {
    return ByteFlags(_mm_and_si128(a.lanes_, b.lanes_));
  }
  /// Bit i tells of byte i.
  [[nodiscard]] std::uint32_t bits() const noexcept {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(lanes_));
  }

 private:
  __m128i lanes_;
#else
  explicit ByteFlags(std::uint32_t bits) noexcept : bits_(bits) {}
  friend ByteFlags operator|(ByteFlags a, ByteFlags b) noexcept {
    return ByteFlags(a.bits_ | b.bits_);
  }
  friend ByteFlags operator&(ByteFlags a, ByteFlags b) noexcept {
    return ByteFlags(a.bits_ & b.bits_);
  }
  [[nodiscard]] std::uint32_t bits() const noexcept { return bits_; }

 private:
  std::uint32_t bits_;
#endif
};

/// Sixteen bytes that are looked at together, where the machine can; one after the other elsewhere.
class ByteBlock {
 public:
  static constexpr std::size_t kSize = 16;

  /// Reads the sixteen bytes at `from`.
#if defined(__SSE2__)
  explicit ByteBlock(const char* from) noexcept
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))) {}

  [[nodiscard]] ByteFlags is(char c) const noexcept {
    return ByteFlags(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)));
  }
  /// Bytes up to `last`, as unsigned numbers.
  [[nodiscard]] ByteFlags up_to(unsigned char last) const noexcept {
    const auto limit = _mm_set1_epi8(static_cast<char>(last));
    return ByteFlags(_mm_cmpeq_epi8(_mm_min_epu8(bytes_, limit), bytes_));
  }
  /// Bytes from `first` on, likewise.
  [[nodiscard]] ByteFlags from(unsigned char first) const noexcept {
    const auto limit = _mm_set1_epi8(static_cast<char>(first));
    return ByteFlags(_mm_cmpeq_epi8(_mm_max_epu8(bytes_, limit), bytes_));
  }

 private:
  __m128i bytes_;
#else
  explicit ByteBlock(const char* from) noexcept : from_(from) {}

  [[nodiscard]] ByteFlags is(char c) const noexcept {
    return of([c](char byte) { return byte == c; });
  }
  [[nodiscard]] ByteFlags up_to(unsigned char last) const noexcept {
    return of([last](char byte) { return static_cast<unsigned char>(byte) <= last; });
  }
  [[nodiscard]] ByteFlags from(unsigned char first) const noexcept {
    return of([first](char byte) { return static_cast<unsigned char>(byte) >= first; });
  }

 private:
  template <class Is>
  [[nodiscard]] ByteFlags of(Is is) const noexcept {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kSize; ++i) bits |= is(from_[i]) ? 1U << i : 0U;
    return ByteFlags(bits);
  }

  const char* from_;
#endif
};

/// Calls `look(block, at)` for each sixteen bytes of `text` from `at` on, until it gives back true.
/// `block` points to 17 readable bytes, so that `look` may ask what follows each; behind the end of
/// the text they are "a".
template <class Look>
void for_blocks(std::string_view text, std::size_t at, Look look) {
  for (; at + ByteBlock::kSize < text.size(); at += ByteBlock::kSize)
    if (look(text.data() + at, at)) return;
  if (at >= text.size()) return;
  std::array<char, ByteBlock::kSize + 1> rest;
  rest.fill('a');
  text.copy(rest.data(), ByteBlock::kSize, at);
  look(rest.data(), at);
}

/// Where the first byte from `at` on stands that `flags_of(block)` flags; the size of the text when
/// none does. It must not flag an "a" that another follows. For what is met often.
template <class FlagsOf>
std::size_t find_flagged(std::string_view text, std::size_t at, FlagsOf flags_of) {
  auto found = text.size();
  for_blocks(text, at, [&](const char* block, std::size_t from) {
    const std::uint32_t bits = flags_of(block).bits();
    if (bits != 0) found = from + static_cast<std::size_t>(std::countr_zero(bits));
    return bits != 0;
  });
  return found;
}

/// The same for what is met seldom or never: four blocks are looked at together.
template <class FlagsOf>
std::size_t find_rare(std::string_view text, std::size_t at, FlagsOf flags_of) {
  constexpr auto kSize = ByteBlock::kSize;
  for (; at + 4 * kSize < text.size(); at += 4 * kSize) {
    const char* block = text.data() + at;
    const auto flags = (flags_of(block) | flags_of(block + kSize)) |
                       (flags_of(block + 2 * kSize) | flags_of(block + 3 * kSize));
    if (flags.bits() != 0) break;
  }
  return find_flagged(text, at, flags_of);
}

}  // namespace tocsin::text
