// SPDX-License-Identifier: MIT
#include "rules/detail/table.hpp"

#include <algorithm>
#include <bit>

namespace tocsin::rules::detail {

Table::Table(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries) {
  if (entries.empty()) return;
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::size_t keys = 1;
  for (std::size_t i = 1; i < entries.size(); ++i)
    keys += entries[i].first != entries[i - 1].first ? 1U : 0U;
  const auto slots = std::bit_ceil(keys + keys / 2 + 1);
  slots_.resize(slots);
  slot_mask_ = slots - 1;
  const auto words = std::bit_ceil(keys * 12 / 64 + 1);  // 12 to 24 bits a key
  filter_.assign(words, 0);
  filter_mask_ = words - 1;
  for (std::size_t i = 0; i < entries.size();) {
    auto end = i + 1;
    while (end < entries.size() && entries[end].first == entries[i].first) ++end;
    const auto count = static_cast<std::uint32_t>(end - i);
    if (count == 1) {
      insert(entries[i].first, entries[i].second, 1);
    } else {
      insert(entries[i].first, static_cast<std::uint32_t>(watches_.size()), count);
      for (; i < end; ++i) watches_.push_back(entries[i].second);
    }
    i = end;
  }
  watches_.shrink_to_fit();
}

void Table::insert(std::uint64_t key, std::uint32_t begin, std::uint32_t count) noexcept {
  filter_[(key >> 40U) & filter_mask_] |=
      (std::uint64_t{1} << (key & 63U)) | (std::uint64_t{1} << ((key >> 6U) & 63U));
  auto at = (key >> 12U) & slot_mask_;
  while (slots_[at].count != 0) at = (at + 1) & slot_mask_;
  slots_[at] = {key, begin, count};
}

}  // namespace tocsin::rules::detail
