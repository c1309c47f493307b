// SPDX-License-Identifier: MIT
#include "rules/names/detail/key_table.hpp"

#include <algorithm>

namespace tocsin::rules::names {

void KeyFilter::reserve(std::size_t keys) {
  constexpr std::size_t kKeysAWord = 4;  // 64 bits hold so many
  const auto words = std::bit_ceil(std::max<std::size_t>(2, keys / kKeysAWord));
  bits_.assign(words, 0);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(words));
}

bool KeyTable::contains(std::uint64_t key) const noexcept {
  const auto found = buckets_.at(key);
  return std::any_of(found.begin(), found.end(), [=](const Entry& entry) {
    return entry.key == static_cast<std::uint32_t>(key);
  });
}

void KeyTable::find(std::uint64_t key, std::vector<std::uint32_t>& out) const {
  for (const Entry& entry : buckets_.at(key))
    if (entry.key == static_cast<std::uint32_t>(key)) out.push_back(entry.number);
}

}  // namespace tocsin::rules::names
