// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "rules/names/detail/assembler.hpp"

namespace tocsin::rules::names {

/// Work memory of `keep_best_readings`, for one thread.
struct BestReadings {
  std::vector<std::uint32_t> by_unit;  ///< the cheapest full mention there
  std::vector<std::uint8_t> stays;     ///< by mention
};

/// Of what one place of a text may be read as, the best reading stays, and what is hardly worse:
/// the full name of one watched person is not another's respelled, nor another's title or initial
/// with a family name. Where the two family names have their consonants in common, they may be two
/// spellings of one person, and both stay. `memory` is the thread's. Any thread: pure.
void keep_best_readings(const People& people, std::vector<Mention>& mentions, BestReadings& memory);

}  // namespace tocsin::rules::names
