// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "rules/names/detail/assembler.hpp"

namespace tocsin::rules::names {

/// One field with the full names found in it, and room for the bare ones.
struct ReadField {
  UnitText text;
  std::vector<Candidate> candidates;
  std::vector<Mention> mentions;
};

/// Finds mentions by family name alone. Keeps its memory. One thread at a time.
///
/// Policy `after_full` needs an earlier full or titled mention; the family name then belongs to
/// whoever of its bearers was last named in full, watched or not.
class BareFinder {
 public:
  /// Adds to the mentions of all fields of an article, in reading order. `in_context` says for
  /// which entities a context word stands in the article.
  void add(std::span<ReadField> fields, const People& people,
           std::span<const std::uint32_t> in_context, WordCache& words, Comparer& comparer);

 private:
  class Run;
  struct Owner {
    std::uint32_t entity = 0;
    bool met = false;   ///< named in full before this place
    bool last = false;  ///< the last full name of that family was theirs
  };
  /// Names that stand in full somewhere, by the keys of their family names.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_key_;
  KeyFilter awaited_;                         ///< the same keys
  std::vector<std::uint32_t> names_, parts_;  ///< work memory
  std::vector<Owner> owners_;                 ///< by entity
};

}  // namespace tocsin::rules::names
