// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "rules/names/detail/phonemes.hpp"

namespace tocsin::rules::names {

/// A letter or letter group and the symbols it reads as. `^` in front of the letters stands for the
/// word's beginning, `$` behind them for its end.
struct Letters {
  std::string_view letters;
  std::string_view symbols;
};

/// The table of `script`; empty for hangul and Han, which are taken apart by rule.
std::span<const Letters> letters_of(Script script) noexcept;

}  // namespace tocsin::rules::names
