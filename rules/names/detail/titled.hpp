// SPDX-License-Identifier: MIT
#pragma once

#include "rules/names/detail/model.hpp"
#include "rules/names/detail/units.hpp"
#include "rules/names/detail/words.hpp"

namespace tocsin::rules::names {

/// True when the word before `piece`, which is like `like` to the family name of `name`, says that
/// this very person is meant: "President Khamenei", one of the person's own titles, the particle of
/// the name ("Van Rompuy"). Any thread: pure.
bool stands_behind_a_title(const UnitText& text, const People& people, const Piece& piece,
                           const Likeness& like, const PersonName& name);

}  // namespace tocsin::rules::names
