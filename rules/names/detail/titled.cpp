// SPDX-License-Identifier: MIT
#include "rules/names/detail/titled.hpp"

#include <algorithm>
#include <array>

#include "rules/names/detail/lexicon.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

bool own_title(const Unit& before, const People& people, const PersonName& name) {
  const auto found = people.titles.find(name.entity);
  return found != people.titles.end() &&
         std::find(found->second.begin(), found->second.end(), before.hash) != found->second.end();
}

/// "Von Karajan", "Van Rompuy": the particle of this very name.
bool own_particle(const Unit& before, const PersonName& name) {
  return name.particle != 0 && before.hash == name.particle && before.capital &&
         !name.common_family;
}

/// True when the title `before` says whose the family name is: nobody else's who is watched, and no
/// king's given name.
bool means_one_person(const UnitText& text, const Unit& before, const Piece& piece,
                      const PersonName& name) {
  if (name.shared_family) return false;
  if (!piece.word->given) return true;
  constexpr std::array<std::string_view, 10> kOfGivenNames = {
      "king",    "queen", "prince", "princess", "pope",
      "emperor", "sir",   "dame",   "sultan",   "patriarch"};
  const auto title = text::fold(text.written(before));
  return std::find(kOfGivenNames.begin(), kOfGivenNames.end(), title) == kOfGivenNames.end();
}

/// "President Reagan Smith" is somebody called Smith, and so is "President Reagan M. Smith".
bool goes_on(const UnitText& text, const Piece& piece) {
  if (piece.last_unit >= text.units.size()) return false;
  const Unit& next = text.units[piece.last_unit];
  return next.cased && soft(next.gap) && (name_like(next) || next.initial);
}

}  // namespace

bool stands_behind_a_title(const UnitText& text, const People& people, const Piece& piece,
                           const Likeness& like, const PersonName& name) {
  constexpr float kSureInLatin = 0.015F, kSure = 0.06F;
  constexpr int kShortest = 4;  // symbols
  const bool latin = piece.word->script == Script::latin && name.script == Script::latin;
  if (piece.first_unit == 0 || !soft(text.units[piece.first_unit].gap)) return false;
  if (like.cost > (latin ? kSureInLatin : kSure) * static_cast<float>(like.length)) return false;
  const Unit& before = text.units[piece.first_unit - 1];
  if (!own_title(before, people, name) && !own_particle(before, name)) {
    if (!before.is(kTitle) || before.lower()) return false;
    if (name.common_family || like.length < kShortest) return false;
    if (!means_one_person(text, before, piece, name)) return false;
  }
  return !goes_on(text, piece);
}

}  // namespace tocsin::rules::names
