// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin::text::detail {

/// The letter that `first` and `mark` are together where Unicode writes one letter as two: か and a
/// voice mark, a Hangul syllable and its last consonant. 0 when they are two. Any thread: pure.
char32_t joined(char32_t first, char32_t mark) noexcept;

}  // namespace tocsin::text::detail
