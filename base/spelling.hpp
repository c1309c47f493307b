// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace tocsin {

/// The one of `names` that `word` was probably meant to be, for "did you mean": the least edit
/// distance (Damerau, restricted), at most a third of the word's length and never more than 3.
/// Empty when none is near. Any thread: pure.
std::string_view closest(std::string_view word, std::span<const std::string_view> names);

}  // namespace tocsin
