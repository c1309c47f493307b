// SPDX-License-Identifier: MIT
#include "rules/names/detail/sound_table.hpp"

#include <algorithm>
#include <bit>

namespace tocsin::rules::names {

void SoundTable::add(std::uint64_t key, std::uint32_t number, std::string_view symbols) {
  Added& added = adding_.emplace_back();
  added.key = key;
  added.entry.key = static_cast<std::uint32_t>(key);
  added.entry.number = number;
  if (symbols.size() > Alignment::kLongest) return;
  added.entry.length = static_cast<std::uint8_t>(symbols.size());
  std::copy_n(symbols.begin(), std::min(symbols.size(), added.entry.begin.size()),
              added.entry.begin.begin());
}

void SoundTable::finish() {
  const auto places = std::bit_ceil(std::max<std::size_t>(2, adding_.size()));
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(places));
  filter_.reserve(adding_.size());
  places_.assign(places + 1, 0);
  for (const Added& added : adding_) {
    filter_.add(added.key);
    ++places_[place(added.key) + 1];
  }
  for (std::size_t i = 1; i <= places; ++i) places_[i] += places_[i - 1];
  entries_.resize(adding_.size());
  auto next = places_;
  for (const Added& added : adding_) entries_[next[place(added.key)]++] = added.entry;
  adding_ = {};
}

void SoundTable::find(std::uint64_t key, const SoundBound& bound,
                      std::vector<std::uint32_t>& out) const {
  if (!filter_.perhaps(key)) return;
  const std::size_t at = place(key);
  for (std::size_t i = places_[at]; i < places_[at + 1]; ++i) {
    const Entry& entry = entries_[i];
    if (entry.key != static_cast<std::uint32_t>(key)) continue;
    int cost = 0;
    for (const char symbol : entry.begin)
      cost += bound.least[static_cast<unsigned char>(symbol) & 0x7FU];
    if (cost <= bound.most[entry.length]) out.push_back(entry.number);
  }
}

}  // namespace tocsin::rules::names
