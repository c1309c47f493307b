// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::text::detail {

/// The first eight bytes of a word as one number: all of it for most names of HTML, so that one
/// comparison tells two of them apart.
constexpr std::uint64_t word_head(std::string_view word) noexcept {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < word.size() && i < 8; ++i)
    head |= std::uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
  return head;
}

}  // namespace tocsin::text::detail
