// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"

/// How often a feed has something new, and what it asks of its readers. Any thread: pure.
namespace tocsin::fetcher {

/// The usual time between items that were published at `dates` (in any order): the median gap of
/// the eleven newest. The median, because one item that is pinned for years or dated into the
/// future is no rhythm; dates after `now` are passed over. Empty with fewer than two dates left.
std::optional<std::chrono::seconds> usual_gap(std::vector<Timestamp> dates, Timestamp now);

/// What a feed document asks for.
struct FeedWish {
  std::chrono::milliseconds ttl{0};
  std::uint32_t skip_hours = 0;  ///< bit h set: not in hour h, UTC
  std::uint8_t skip_days = 0;    ///< bit d set: not on weekday d; 0 is Sunday
};

/// `wish` in one number, for FeedState::wishes: it holds until the next document, over any number
/// of polls without one. The ttl is cut to whole minutes and clamped to a week.
std::uint64_t pack(const FeedWish& wish) noexcept;

/// The reverse of `pack`.
FeedWish unpack_wish(std::uint64_t packed) noexcept;

}  // namespace tocsin::fetcher
