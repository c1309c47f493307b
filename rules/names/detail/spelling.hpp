// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/names/detail/phonemes.hpp"

namespace tocsin::rules::names {

/// The script of the first letter of `word`.
Script script_of(std::string_view word);

/// The sounds that `word` is read as, by its script's table of letters and letter groups. `word` is
/// as written: marks count (š is not s) when the script's table knows them. Runs of one symbol are
/// one. Empty for a script without a table.
std::string encode(std::string_view word, Script script);

/// A word without a case ending: the rest of it reads as the first `length` symbols.
struct Stem {
  std::size_t length = 0;  ///< symbols
  float price = 0;
};

/// The stems of `folded` that end where a known case ending begins, cheapest reading first; Slavic,
/// Turkish, Finnish, Hungarian, Baltic, Greek and Korean endings by script.
std::vector<Stem> stems(std::string_view folded, Script script);

/// Lengths in bytes of the clitics that `folded` may begin with: Arabic wa-, bi-, li-, al-; Hebrew
/// ve-, ha-, le-, be-, mi-, she-. Without 0.
std::vector<std::size_t> clitics(std::string_view folded, Script script);

/// Counts code points.
std::size_t letters(std::string_view text) noexcept;

/// Pinyin of one Han character without tones; empty when unknown. Slow: for compiling and for texts
/// that hold a name's mark.
std::string pinyin(std::string_view character);

}  // namespace tocsin::rules::names
