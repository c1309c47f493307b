// SPDX-License-Identifier: MIT
#include "rules/names/detail/sound_table.hpp"

#include <algorithm>

namespace tocsin::rules::names {

void SoundTable::put(std::uint64_t key, std::uint32_t number, std::string_view symbols) {
  Entry entry;
  entry.key = static_cast<std::uint32_t>(key);
  entry.number = number;
  if (symbols.size() <= Alignment::kLongest) {
    entry.length = static_cast<std::uint8_t>(symbols.size());
    std::copy_n(symbols.begin(), std::min(symbols.size(), entry.begin.size()), entry.begin.begin());
  }
  buckets_.put(key, entry);
}

void SoundTable::find(std::uint64_t key, const SoundBound& bound,
                      std::vector<std::uint32_t>& out) const {
  for (const Entry& entry : buckets_.at(key)) {
    if (entry.key != static_cast<std::uint32_t>(key)) continue;
    int cost = 0;
    for (const char symbol : entry.begin)
      cost += bound.least[static_cast<unsigned char>(symbol) & 0x7FU];
    if (cost <= bound.most[entry.length]) out.push_back(entry.number);
  }
}

}  // namespace tocsin::rules::names
