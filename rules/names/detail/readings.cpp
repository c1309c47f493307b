// SPDX-License-Identifier: MIT
#include "rules/names/detail/readings.hpp"

#include <algorithm>
#include <span>

#include "rules/names/detail/alignment.hpp"

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

/// True when two parts of watched names may be one in two spellings.
bool sound_alike(const Part& a, const Part& b) {
  constexpr int kEach = 20;  // hundredths a symbol
  constexpr auto kLongest = Alignment::kLongest;
  if (a.folded == b.folded) return true;
  if (a.symbols.empty() || a.symbols.size() > kLongest || b.symbols.empty() ||
      b.symbols.size() > kLongest)
    return false;
  thread_local Alignment work;
  const auto most = static_cast<std::int16_t>(
      kEach * static_cast<int>(std::max(a.symbols.size(), b.symbols.size())));
  work.prepare(a.symbols, Alignment::Omits::nothing);
  Alignment::Row row;
  return work.run(b.symbols, most, row) && Alignment::cost(row, a.symbols.size()) <= most;
}

/// True when some part of `mine` and one of `theirs` are as `alike` says.
template <class Alike>
bool any_alike(const People& people, std::span<const NamePart> mine,
               std::span<const NamePart> theirs, Alike alike) {
  return std::any_of(mine.begin(), mine.end(), [&](const NamePart& one) {
    return std::any_of(theirs.begin(), theirs.end(), [&](const NamePart& other) {
      return alike(people.parts[one.part], people.parts[other.part]);
    });
  });
}

/// True when the two names may be one person's in two spellings: the family names have their
/// consonants in common, and given names sound alike, or one is a form of the other.
bool may_be_one(const People& people, const PersonName& a, const PersonName& b) {
  const auto keys_meet = [&](const Part& mine, const Part& other) {
    const auto one = people.keys(mine);
    const auto two = people.keys(other);
    return std::find_first_of(one.begin(), one.end(), two.begin(), two.end()) != one.end();
  };
  return any_alike(people, people.family(a), people.family(b), keys_meet) &&
         any_alike(people, people.given(a), people.given(b), sound_alike);
}

}  // namespace

void keep_best_readings(const People& people, std::vector<Mention>& mentions,
                        BestReadings& memory) {
  auto& [best, stays] = memory;
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
  stays.assign(mentions.size(), 1);
  for (std::size_t i = 0; i < mentions.size(); ++i)
    for (std::uint32_t unit = mentions[i].first; unit < mentions[i].last && stays[i] != 0; ++unit)
      if (best[unit] != kNone && loses(mentions[i], mentions[best[unit]])) stays[i] = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i)
    if (stays[i] != 0) mentions[kept++] = mentions[i];
  mentions.resize(kept);
}

}  // namespace tocsin::rules::names
