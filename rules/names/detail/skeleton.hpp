// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/names/detail/phonemes.hpp"

namespace tocsin::rules::names {

/// What a spelling is looked up by: its skeleton, which is the kinds of its consonants in order
/// (lips, teeth, throat, hissing, l or r, m, n), hashed. Spellings that sound alike nearly always
/// share a skeleton, because what spellings confuse are vowels, voice and breath. A symbol of
/// several readings makes several skeletons. Of a watched and a text's skeleton that are one
/// consonant apart, the `near` keys meet, or the text's `amiss` meets the other's `full`.
struct Keys {
  std::vector<std::uint64_t> full;   ///< of each way to read the spelling; never empty
  std::vector<std::uint64_t> near;   ///< of each likely way, with one consonant left open
  std::vector<std::uint64_t> amiss;  ///< of a text's: a consonant less, or two neighbours turned
  std::uint64_t exact = 0;           ///< of the very word, folded
  std::uint8_t consonants = 0;       ///< of the likeliest way
};

/// Whose skeleton it is: only one side leaves a consonant out to meet the other that lacks it; and
/// other scripts are read in more ways than Latin.
enum class Side : std::uint8_t { watched, latin_text, other_text, han_text };

/// Whether a consonant may differ.
enum class Reach : std::uint8_t { same, one_apart };

/// Adds the keys of `symbols`, each once. Cost grows with the readings, of which the likeliest
/// count. Any thread: pure.
void add_keys(std::string_view symbols, Side side, Reach reach, Keys& out);

/// `Keys::exact` of a folded word.
std::uint64_t exact_key(std::string_view folded);

/// Adds the keys of the initials that `symbols` reads as, each once: the kinds of its sounds.
void add_initial_keys(std::string_view symbols, Side side, std::vector<std::uint64_t>& out);

/// What two readings of one sound cost at most, of `SoundCosts::swap`.
inline constexpr float kSameSound = 0.02F;

/// The key of a given name's key and a family name's key together.
constexpr std::uint64_t pair_key(std::uint64_t given, std::uint64_t family) noexcept {
  std::uint64_t key = (given ^ (family << 23U | family >> 41U)) * 0x9FB21C651E98DF25ULL;
  key ^= key >> 29U;
  return key * 0xD6E8FEB86659FD93ULL;
}

}  // namespace tocsin::rules::names
