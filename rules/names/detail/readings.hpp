// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "rules/names/detail/assembler.hpp"

namespace tocsin::rules::names {

/// Of what one place of a text may be read as, the best reading stays, and what is hardly worse:
/// the full name of one watched person is not another's respelled, nor another's title or initial
/// with a family name. Where the two family names have their consonants in common, they may be two
/// spellings of one person, and both stay. `best` is work memory. Any thread: pure.
void keep_best_readings(const People& people, std::vector<Mention>& mentions,
                        std::vector<std::uint32_t>& best);

}  // namespace tocsin::rules::names
