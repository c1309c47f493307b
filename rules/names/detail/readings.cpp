// SPDX-License-Identifier: MIT
#include "rules/names/detail/readings.hpp"

#include <algorithm>

namespace tocsin::rules::names {
namespace {

constexpr float kHardlyWorse = 0.06F;  // cost a symbol: two spellings of one name differ by less
constexpr float kExact = 0.02F;        // cost a symbol below which a full name leaves no doubt

bool full(const Mention& mention) {
  switch (mention.kind) {
    case FormKind::exact:
    case FormKind::family_first:
    case FormKind::whole: return !mention.strangers;
    default: return false;
  }
}

/// True when the family names may be one in two spellings.
bool may_be_one(const People& people, const PersonName& a, const PersonName& b) {
  const auto keys_meet = [&](const NamePart& mine, const NamePart& other) {
    const auto one = people.keys(people.parts[mine.part]);
    const auto two = people.keys(people.parts[other.part]);
    return std::find_first_of(one.begin(), one.end(), two.begin(), two.end()) != one.end();
  };
  const auto theirs = people.family(b);
  const auto mine = people.family(a);
  return std::any_of(mine.begin(), mine.end(), [&](const NamePart& part) {
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const NamePart& other) { return keys_meet(part, other); });
  });
}

}  // namespace

void keep_best_readings(const People& people, std::vector<Mention>& mentions,
                        std::vector<std::uint32_t>& best) {
  if (mentions.size() < 2) return;
  constexpr auto kNone = ~std::uint32_t{0};
  std::uint32_t units = 0;
  for (const Mention& mention : mentions) units = std::max(units, mention.last);
  best.assign(units, kNone);  // by unit: the cheapest full mention
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (!full(mentions[i])) continue;
    for (std::uint32_t unit = mentions[i].first; unit < mentions[i].last; ++unit)
      if (best[unit] == kNone || mentions[i].cost < mentions[best[unit]].cost) best[unit] = i;
  }
  const auto loses = [&](const Mention& mention, const Mention& winner) {
    if (mention.name == winner.name) return false;
    if (!full(mention)) return winner.cost <= kExact;
    return mention.cost > winner.cost + kHardlyWorse &&
           !may_be_one(people, people.names[mention.name], people.names[winner.name]);
  };
  std::size_t kept = 0;
  // Winners are read by their old places, so what stays is moved only when all is judged.
  std::vector<std::uint8_t> stays(mentions.size(), 1);
  for (std::size_t i = 0; i < mentions.size(); ++i)
    for (std::uint32_t unit = mentions[i].first; unit < mentions[i].last && stays[i] != 0; ++unit)
      if (best[unit] != kNone && loses(mentions[i], mentions[best[unit]])) stays[i] = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i)
    if (stays[i] != 0) mentions[kept++] = mentions[i];
  mentions.resize(kept);
}

}  // namespace tocsin::rules::names
