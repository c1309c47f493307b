// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/names/detail/words.hpp"
#include "rules/names/name_index.hpp"

namespace tocsin::rules::names {

/// What stands between a unit and the one before it.
enum class Gap : std::uint8_t {
  none,   ///< nothing: two scripts
  blank,  ///< blanks only, or a full stop and blanks after an initial
  hyphen,
  apostrophe,
  dot,  ///< the middle dot of foreign names in Han and kana
  comma,
  bracket,  ///< an opening or closing bracket or quotation mark, with blanks
  stop,     ///< anything else
};

/// A word of the text as names see it: a run of kana or Han is one unit.
struct Unit {
  std::uint32_t first = 0, last = 0;  ///< tokens, half open
  std::uint32_t start = 0, end = 0;   ///< bytes
  Gap gap = Gap::stop;
  bool capital = false;   ///< begins with a capital letter
  bool capitals = false;  ///< all letters are capital
  bool cased = false;     ///< of a script with capitals
  bool initial = false;   ///< "A", "A.B"
  bool first_of_sentence = false;
  Word* word = nullptr;
};

/// A part found in the text: one unit, two joined, or some characters of a Han unit.
struct UnitHit {
  std::uint32_t part = 0;
  float cost = 0;
  std::uint8_t length = 0;
  bool same = false, clitic = false;
  std::uint32_t first_unit = 0, last_unit = 0;  ///< half open
  std::uint32_t start = 0, end = 0;             ///< bytes
};

/// The units of one field and the parts that they may be.
struct UnitText {
  std::vector<Unit> units;
  std::vector<UnitHit> hits;             ///< ordered by first unit
  std::vector<std::uint32_t> hits_from;  ///< the first hit of each unit; one more at the end

  [[nodiscard]] std::span<const UnitHit> at(std::size_t unit) const {
    return {hits.data() + hits_from[unit], hits_from[unit + 1] - hits_from[unit]};
  }
};

/// Reads `field` into `out`, which is emptied first.
void read_units(const NameText& field, const People& people, WordCache& words, UnitText& out);

}  // namespace tocsin::rules::names
