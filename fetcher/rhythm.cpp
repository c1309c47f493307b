// SPDX-License-Identifier: MIT
#include "fetcher/rhythm.hpp"

#include <algorithm>
#include <functional>

namespace tocsin::fetcher {
namespace {

constexpr std::size_t kNewestDates = 11;
constexpr std::int64_t kMostMinutes = 7 * 24 * 60;

// Where the parts of a wish lie in its number.
constexpr unsigned kHoursAt = 16;
constexpr unsigned kDaysAt = 40;
constexpr std::uint64_t kTtlMask = 0xFFFF, kHoursMask = 0xFF'FFFF, kDaysMask = 0x7F;

}  // namespace

std::optional<std::chrono::seconds> usual_gap(std::vector<Timestamp> dates, Timestamp now) {
  std::erase_if(dates, [now](Timestamp date) { return date > now; });
  if (dates.size() < 2) return std::nullopt;
  std::sort(dates.begin(), dates.end(), std::greater<>{});
  if (dates.size() > kNewestDates) dates.resize(kNewestDates);
  std::vector<std::chrono::milliseconds> gaps;
  gaps.reserve(dates.size());
  for (std::size_t i = 1; i < dates.size(); ++i) gaps.push_back(dates[i - 1] - dates[i]);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return std::chrono::floor<std::chrono::seconds>(*middle);
}

std::uint64_t pack(const FeedWish& wish) noexcept {
  const auto minutes = std::clamp<std::int64_t>(
      std::chrono::floor<std::chrono::minutes>(wish.ttl).count(), 0, kMostMinutes);
  return static_cast<std::uint64_t>(minutes) |
         ((std::uint64_t{wish.skip_hours} & kHoursMask) << kHoursAt) |
         ((std::uint64_t{wish.skip_days} & kDaysMask) << kDaysAt);
}

FeedWish unpack_wish(std::uint64_t packed) noexcept {
  FeedWish wish;
  wish.ttl = std::chrono::minutes{static_cast<std::int64_t>(packed & kTtlMask)};
  wish.skip_hours = static_cast<std::uint32_t>((packed >> kHoursAt) & kHoursMask);
  wish.skip_days = static_cast<std::uint8_t>((packed >> kDaysAt) & kDaysMask);
  return wish;
}

}  // namespace tocsin::fetcher
