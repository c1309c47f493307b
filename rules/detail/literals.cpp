// SPDX-License-Identifier: MIT
#include "rules/detail/literals.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "rules/detail/regex.hpp"

namespace tocsin::rules::detail {
namespace {

constexpr std::size_t kMostGram = 4, kMostStride = 4;
static_assert(kMinLiteral + 1 == kMostGram);

std::uint64_t key_of(std::uint32_t gram) noexcept {
  const auto mixed = (gram + 1ULL) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ (mixed >> 29U);
}

}  // namespace

void Literals::add(std::string_view text, std::uint32_t watch) {
  all_.push_back(
      {static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size()), watch});
  texts_ += text;
}

std::uint32_t Literals::gram_at(const char* at) const noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes & gram_mask_;
}

void Literals::seal() {
  if (all_.empty()) return;
  texts_.append(8, '\0');  // grams are read four bytes at a time
  const auto shortest =
      std::min_element(all_.begin(), all_.end(), [](const auto& a, const auto& b) {
        return a.length < b.length;
      })->length;
  const auto gram = std::min<std::size_t>(shortest, kMostGram);
  gram_mask_ = gram == kMostGram ? 0xFFFFFFFFU : 0x00FFFFFFU;
  stride_ = std::min<std::size_t>(shortest - gram + 1, kMostStride);
  const auto bits = std::bit_ceil(std::max<std::size_t>(all_.size() * stride_ * 16, 4096));
  known_.assign(bits / 64, 0);
  shift_ = 32 - static_cast<std::uint32_t>(std::countr_zero(bits));
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    // From the end: words share their beginnings more often.
    const auto first = all_[i].length - static_cast<std::uint32_t>(gram + stride_ - 1);
    for (auto offset = first; offset < first + stride_; ++offset) {
      const auto value = gram_at(texts_.data() + all_[i].text + offset);
      const auto bit = bit_of(value);
      known_[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
      entries.push_back({key_of(value), {i, offset, 0}});
    }
  }
  grams_ = Table(std::move(entries));
}

void Literals::compare(std::uint32_t gram, const char* bytes, std::size_t size, std::size_t at,
                       std::vector<std::uint32_t>& out) const {
  for (const auto& posting : grams_.find(key_of(gram))) {
    const auto& literal = all_[posting.watch];
    if (at < posting.leaf || at - posting.leaf + literal.length > size) continue;
    if (std::memcmp(bytes + (at - posting.leaf), texts_.data() + literal.text, literal.length) == 0)
      out.push_back(literal.watch);
  }
}

void Literals::find(const char* bytes, std::size_t size, std::vector<std::uint32_t>& out) const {
  for (std::size_t at = 0; at + kMinLiteral <= size; at += stride_) {
    const auto gram = gram_at(bytes + at);
    const auto bit = bit_of(gram);
    if ((known_[bit >> 6U] >> (bit & 63U) & 1U) != 0) compare(gram, bytes, size, at, out);
  }
}

}  // namespace tocsin::rules::detail
