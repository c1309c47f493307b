// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "rules/names/detail/forms.hpp"
#include "rules/names/detail/units.hpp"

namespace tocsin::rules::names {

/// A watched person found in one field.
struct Mention {
  std::uint32_t entity = 0;
  std::uint32_t first = 0, last = 0;  ///< units, half open
  std::uint32_t start = 0, end = 0;   ///< bytes
  float cost = 0;
  FormKind kind{};
  bool respelled = false, clitic = false;
};

/// Puts the parts of `text` together into full names, initials with a family name, and titles with
/// a family name. Bare family names are another matter (bare_names.hpp). Any thread: pure.
void assemble(const UnitText& text, const People& people, std::vector<Mention>& out);

/// True when `unit` may be somebody's name: a capital in a script that has them, and no title,
/// particle or conjunction.
bool name_like(const Unit& unit) noexcept;

/// True when two neighbouring units may belong to one name.
bool soft(Gap gap) noexcept;

}  // namespace tocsin::rules::names
