// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/names/detail/assembler.hpp"

namespace tocsin::rules::names {

/// One field with the full names found in it, and room for the bare ones.
struct ReadField {
  UnitText text;
  std::vector<Candidate> candidates;
  std::vector<Mention> mentions;
};

/// Adds the mentions by family name alone, over all fields of an article in reading order.
///
/// Policy `after_full` needs an earlier full or titled mention; the family name then belongs to
/// whoever of its bearers was last named in full, watched or not. `in_context` says for which
/// entities a context word stands in the article.
void add_bare_names(std::span<ReadField> fields, const People& people,
                    std::span<const std::uint32_t> in_context, WordCache& words,
                    Comparer& comparer);

}  // namespace tocsin::rules::names
