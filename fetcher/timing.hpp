// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "fetcher/feed_spec.hpp"
#include "fetcher/rhythm.hpp"
#include "model/feed_state.hpp"
#include "net/http.hpp"

/// When to poll next, as numbers. Any thread: everything here is pure.
namespace tocsin::fetcher {

/// The longest that any server can make us wait.
inline constexpr milliseconds kLongestWish{std::chrono::hours{24}};

/// Retry-After (RFC 9110, 10.2.3) of a response: seconds or a date, clamped to `kLongestWish`.
/// Empty when it is absent, negative, past or junk.
std::optional<milliseconds> retry_after(const net::Headers& headers, Timestamp now);

/// What Cache-Control: max-age, or else Expires, asks for; zero when nothing. Clamped likewise;
/// "no-store" and "no-cache" ask for nothing. A number too large to hold counts as the clamp
/// (RFC 9111, 1.2.2).
milliseconds freshness(const net::Headers& headers, Timestamp now);

/// Reads an HTTP date (RFC 9110, 5.6.7) in any of its three forms.
std::optional<Timestamp> http_date(std::string_view text);

/// A moment to poll, and why then.
struct Plan {
  Timestamp when{};
  std::string reason;
};

/// After a failure, the `state.failures`-th in a row: the interval doubled each time, up to a day,
/// and never before `wish`.
Plan plan_retry(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
                Timestamp now, std::optional<milliseconds> wish);

/// After a success: the feed's interval with ±10 % of jitter, or later when the server or the
/// document asks for it. An adaptive interval grows while a feed has nothing new, beyond its usual
/// gap, up to the longest.
Plan plan_next(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
               Timestamp now, const FeedWish& wish);

/// After a success of a feed that its hub pushes: polled seldom, as a fallback. `kPushedReason` is
/// the plan's reason.
Plan plan_pushed(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
                 Timestamp now);
inline constexpr std::string_view kPushedReason = "pushed by its hub, polled as a fallback";

/// The furthest ahead that any of these plans go.
milliseconds longest_plan(const FeedSpec& feed, const FetchOptions& options,
                          const FeedFigures& state);

/// The interval in force for a feed: its own when it is fixed, else half its usual gap between new
/// items, within the bounds of `options`; the default while the gap is not known.
milliseconds interval_of(const FeedSpec& feed, const FetchOptions& options, const FeedState& state);

}  // namespace tocsin::fetcher
