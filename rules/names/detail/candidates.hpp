// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/names/detail/comparer.hpp"
#include "rules/names/detail/units.hpp"

namespace tocsin::rules::names {

/// That a piece of a text may be the family name, or the whole name, of a watched person.
struct Candidate {
  std::uint32_t piece = 0;  ///< into `UnitText::pieces`
  std::uint32_t name = 0;
  bool whole = false;
};

/// Looks up the pieces of a text: two together wherever they may be given and family name of one
/// person, one alone beside an initial or behind a title; and compares what it finds. Keeps its
/// memory. One thread at a time.
class CandidateFinder {
 public:
  /// Fills `out` with the candidates of `text`, by piece, then name, each once.
  void find(const UnitText& text, const People& people, WordCache& words, Comparer& comparer,
            std::vector<Candidate>& out);

  /// To be called when words were forgotten.
  void forget() noexcept;

 private:
  /// What two words were found to be together, in `memory_`: the same are met again and again.
  struct Known {
    std::uint32_t given = 0, family = 0;  ///< numbers of the words; 0: free
    std::uint32_t first = 0;
    std::uint16_t count = 0;
    Reach reach{};
  };
  using KnownSet = std::array<Known, 4>;
  KnownSet& known(std::uint32_t given, std::uint32_t family);
  void remember(Known& place, std::size_t first);
  void around(std::uint32_t piece);
  void look_before(std::uint32_t piece);
  void look_after(std::uint32_t piece);
  void look_up_pair(std::uint32_t given, std::uint32_t family, Reach reach);
  void look_up_anew(const Word& first, std::uint32_t family, Reach reach);
  void look_up_slip(const Word& first, std::uint32_t family);
  void look_up_alone(std::uint32_t piece);
  void look_up_whole(std::uint32_t piece);
  void note_initial(const Unit& unit);
  void fetch();
  void probe(std::uint64_t id, const std::vector<std::uint64_t>& keys);
  void narrow_bound(const GivenLike& given, const Word& last);
  [[nodiscard]] bool costs_too_much(const GivenLike& given, const Word& last) const;
  void verify_pair(const GivenLike& given, std::uint32_t family, int consonants);
  bool speaks_for(const PersonName& name, Script script, const Unit* before) const;
  const Unit& unit(std::size_t i) const { return text_->units[i]; }

  const UnitText* text_ = nullptr;
  const People* people_ = nullptr;
  WordCache* words_ = nullptr;
  Comparer* comparer_ = nullptr;
  std::vector<Candidate>* out_ = nullptr;
  float limit_ = 0;                    ///< joint cost a symbol of the two words at hand
  std::vector<std::uint32_t> found_;   ///< into `People::name_parts`
  SoundBound bound_;                   ///< of the family name at hand
  SoundBound::Most family_most_{};     ///< whatever the given name
  std::vector<std::string> initials_;  ///< beside the piece, folded
  std::vector<std::uint64_t> initial_keys_;
  std::vector<KnownSet> known_ = std::vector<KnownSet>(kKnownSets);
  std::vector<std::uint32_t> memory_;  ///< names
  bool remembers_ = false;
  static constexpr std::size_t kKnownSets = 16'384, kMostMemory = 131'072;
};

/// True when the initial `folded`, of `script`, may stand for a given name of `name`. Of several
/// letters of Latin script the first counts where many bear the family name.
bool may_stand_for(std::string_view folded, Script script, const PersonName& name);

}  // namespace tocsin::rules::names
