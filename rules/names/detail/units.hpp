// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/names/detail/lexicon.hpp"
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
  std::uint64_t hash = 0;             ///< of the folded word; 0 for a run
  std::uint32_t first = 0, last = 0;  ///< tokens, half open
  std::uint32_t start = 0, end = 0;   ///< bytes
  Gap gap = Gap::stop;
  Script script = Script::none;
  std::uint16_t facts = 0;  ///< `Fact`s
  bool first_of_sentence = false;
  bool opens = false;    ///< an opening bracket stands before it
  bool cased = false;    ///< of a script with capitals
  bool capital = false;  ///< begins with a capital letter
  bool initial = false;  ///< "A", "A.B"
  bool part = false;     ///< may be part of a name

  [[nodiscard]] bool is(unsigned fact) const noexcept { return (facts & fact) != 0; }
  [[nodiscard]] bool lower() const noexcept { return cased && !capital; }
};

/// What may be one part of a name: a unit, two joined, or some characters of a unit in Han.
struct Piece {
  Word* word = nullptr;
  std::uint32_t first_unit = 0, last_unit = 0;  ///< half open
  std::uint32_t start = 0, end = 0;             ///< bytes
  bool joined = false;
};

/// The units of one field and their pieces. Kept between texts for its memory.
struct UnitText {
  std::string_view text;
  std::vector<Unit> units;
  std::vector<Piece> pieces;               ///< ordered by first unit
  std::vector<std::uint32_t> pieces_from;  ///< the first piece of each unit; one more at the end
  std::string joined;                      ///< work memory

  [[nodiscard]] std::span<const Piece> at(std::size_t unit) const {
    return std::span(pieces).subspan(pieces_from[unit], pieces_from[unit + 1] - pieces_from[unit]);
  }
  [[nodiscard]] std::string_view written(const Unit& unit) const {
    return text.substr(unit.start, unit.end - unit.start);
  }
};

/// True when two neighbouring units may belong to one name.
bool soft(Gap gap) noexcept;

/// True when `unit` may be somebody's name: a capital in a script that has them, and no title,
/// particle or conjunction.
bool name_like(const Unit& unit) noexcept;

/// True when `unit` may stand between given and family name: a title, a particle, or what stands
/// behind an apostrophe.
bool passes(const Unit& unit) noexcept;

/// Reads `field` into `out`, which is emptied first.
void read_units(const NameText& field, const People& people, WordCache& words, UnitText& out);

}  // namespace tocsin::rules::names
