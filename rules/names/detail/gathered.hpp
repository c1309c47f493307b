// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "rules/names/detail/comparer.hpp"
#include "rules/names/detail/units.hpp"

namespace tocsin::rules::names {

/// The cost below which nothing was respelled.
inline constexpr float kExact = 0.02F;

/// What has been gathered of one watched name around a family name in a text.
struct Gathered {
  std::uint32_t first = 0, last = 0;  ///< units, half open
  std::uint32_t start = 0, end = 0;   ///< bytes
  float cost = 0, price = 0;          ///< `price` is what forms and endings cost, not respelling
  float given_cost = 0;               ///< of respelling given names
  int length = 0;                     ///< symbols of all parts
  int fillers = 0;                    ///< unknown words between given and family name
  std::uint8_t mask = 0;              ///< words of the name that were found
  bool given = false, initial = false;
  bool respelled = false, clitic = false;
  bool lower = false;    ///< a part of it begins with a small letter
  bool capital = false;  ///< a given name begins with a capital
  bool form = false;     ///< a given name is another form of the one that is watched
  bool family_first = false;
  bool comma = false, bracket = false;  ///< between family and given name
  bool marked = false;                  ///< KHAMENEI Ali: capitals say which is the family name
};

/// The cost a symbol of `g` when it is enough to be `name`, in a text of script `in` where the
/// family name is as like as `family`; none when it is not. Any thread: pure.
std::optional<float> cost_of_name(const UnitText& text, const Gathered& g, const PersonName& name,
                                  Script in, const Likeness& family);

}  // namespace tocsin::rules::names
