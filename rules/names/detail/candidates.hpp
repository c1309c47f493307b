// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/names/detail/units.hpp"

namespace tocsin::rules::names {

/// That a piece of a text may be the family name of a watched person, and why.
struct Candidate {
  static constexpr std::uint32_t kAlone = 0xFFFFFFFF;  ///< an initial or a title is beside it
  static constexpr std::uint32_t kWhole = 0xFFFFFFFE;  ///< it may be the whole name
  std::uint32_t piece = 0;                             ///< into `UnitText::pieces`
  std::uint32_t name = 0;
  std::uint32_t given = kAlone;  ///< the piece that may be a given name of theirs
};

/// Looks up the pieces of a text: two together wherever they may be given and family name of one
/// person, one alone beside an initial or a title. Keeps its memory. One thread at a time.
class CandidateFinder {
 public:
  /// Fills `out` with the candidates of `text`, by piece, then name, each once.
  void find(const UnitText& text, const People& people, std::vector<Candidate>& out);

 private:
  void around(std::uint32_t piece);
  void look_before(std::uint32_t piece);
  void look_after(std::uint32_t piece);
  void look_up_pair(std::uint32_t given, std::uint32_t family, Reach reach);
  void look_up_alone(std::uint32_t piece);
  void look_up_whole(std::uint32_t piece);
  void note_initial(const Unit& unit);
  bool speaks_for(const PersonName& name, const Unit* before) const;
  const Unit& unit(std::size_t i) const { return text_->units[i]; }

  const UnitText* text_ = nullptr;
  const People* people_ = nullptr;
  std::vector<Candidate>* out_ = nullptr;
  std::vector<std::uint32_t> names_;
  std::string initials_;  ///< symbols of the initials beside the piece
};

/// True when an initial that reads as `symbol` may stand for a given name of `name`.
bool may_stand_for(Symbol symbol, const PersonName& name) noexcept;

}  // namespace tocsin::rules::names
