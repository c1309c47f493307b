// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/names/detail/candidates.hpp"
#include "rules/names/detail/comparer.hpp"
#include "rules/names/detail/forms.hpp"

namespace tocsin::rules::names {

/// A watched person found in one field.
struct Mention {
  std::uint32_t entity = 0;
  std::uint32_t name = 0;             ///< into `People::names`
  std::uint32_t first = 0, last = 0;  ///< units, half open
  std::uint32_t start = 0, end = 0;   ///< bytes
  float cost = 0;
  FormKind kind{};
  bool respelled = false, clitic = false;
  bool strangers = false;  ///< unknown words stand between given and family name
};

/// Puts the parts of `text` together into full names, initials with a family name, and titles with
/// a family name, where `candidates` say that they may be. Bare family names are another matter
/// (bare_names.hpp).
void assemble(const UnitText& text, const People& people, std::span<const Candidate> candidates,
              WordCache& words, Comparer& comparer, std::vector<Mention>& out);

}  // namespace tocsin::rules::names
