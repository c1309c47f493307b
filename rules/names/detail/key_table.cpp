// SPDX-License-Identifier: MIT
#include "rules/names/detail/key_table.hpp"

#include <algorithm>
#include <bit>

namespace tocsin::rules::names {

void KeyFilter::reserve(std::size_t keys) {
  constexpr std::size_t kKeysAWord = 4;  // 64 bits hold so many
  const auto words = std::bit_ceil(std::max<std::size_t>(2, keys / kKeysAWord));
  bits_.assign(words, 0);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(words));
}

void KeyTable::finish() {
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
  for (const Added& added : adding_)
    entries_[next[place(added.key)]++] = {static_cast<std::uint32_t>(added.key), added.number};
  adding_ = {};
}

bool KeyTable::contains(std::uint64_t key) const noexcept {
  if (!filter_.perhaps(key)) return false;
  const std::size_t at = place(key);
  const auto begin = entries_.begin();
  return std::any_of(begin + places_[at], begin + places_[at + 1], [=](const Entry& entry) {
    return entry.key == static_cast<std::uint32_t>(key);
  });
}

void KeyTable::find(std::uint64_t key, std::vector<std::uint32_t>& out) const {
  if (!filter_.perhaps(key)) return;
  const std::size_t at = place(key);
  for (std::size_t i = places_[at]; i < places_[at + 1]; ++i)
    if (entries_[i].key == static_cast<std::uint32_t>(key)) out.push_back(entries_[i].number);
}

}  // namespace tocsin::rules::names
