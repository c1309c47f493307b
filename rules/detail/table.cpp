// SPDX-License-Identifier: MIT
#include "rules/detail/table.hpp"

#include <algorithm>
#include <bit>

namespace tocsin::rules::detail {

Table::Table(std::vector<Entry> entries) {
  if (entries.empty()) return;
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::size_t keys = 1, many = 0;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const bool same = entries[i].key == entries[i - 1].key;
    keys += same ? 0U : 1U;
    many += same ? 1U : 0U;
  }
  slots_.assign(keys + keys / 2 + 1, {0, {0, Posting::kEmpty, 0}});
  postings_.reserve(2 * many);
  const auto words = std::bit_ceil(keys * 12 / 64 + 1);  // 12 to 24 bits a key
  filter_.assign(words, 0);
  filter_mask_ = words - 1;
  for (std::size_t i = 0; i < entries.size();) {
    auto end = i + 1;
    while (end < entries.size() && entries[end].key == entries[i].key) ++end;
    if (end - i == 1) {
      insert(entries[i]);
    } else {
      insert({entries[i].key,
              {static_cast<std::uint32_t>(postings_.size()), Posting::kMany, end - i}});
      for (auto j = i; j < end; ++j) postings_.push_back(entries[j].posting);
    }
    i = end;
  }
  postings_.shrink_to_fit();
}

void Table::insert(const Slot& slot) noexcept {
  const auto key = slot.key;
  filter_[(key >> 40U) & filter_mask_] |=
      (std::uint64_t{1} << (key & 63U)) | (std::uint64_t{1} << ((key >> 6U) & 63U));
  auto at = home(key);
  while (slots_[at].posting.leaf != Posting::kEmpty) at = at + 1 == slots_.size() ? 0 : at + 1;
  slots_[at] = slot;
}

}  // namespace tocsin::rules::detail
