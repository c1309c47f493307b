// SPDX-License-Identifier: MIT
#include "rules/names/detail/readings.hpp"

#include <algorithm>
#include <limits>

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

}  // namespace

void keep_best_readings(std::vector<Mention>& mentions, std::vector<float>& best) {
  if (mentions.size() < 2) return;
  const auto last =
      std::max_element(mentions.begin(), mentions.end(),
                       [](const Mention& a, const Mention& b) { return a.last < b.last; });
  best.assign(last->last, std::numeric_limits<float>::max());
  for (const Mention& mention : mentions)
    if (full(mention))
      for (std::uint32_t unit = mention.first; unit < mention.last; ++unit)
        best[unit] = std::min(best[unit], mention.cost);
  std::erase_if(mentions, [&](const Mention& mention) {
    const float least =
        *std::min_element(best.begin() + mention.first, best.begin() + mention.last);
    return full(mention) ? mention.cost > least + kHardlyWorse : least <= kExact;
  });
}

}  // namespace tocsin::rules::names
