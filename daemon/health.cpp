// SPDX-License-Identifier: MIT
#include "daemon/health.hpp"

#include <algorithm>

#include "base/time_format.hpp"

namespace tocsin::daemon {
namespace {

/// A span as people say it: seconds matter only below an hour.
std::string spoken(std::chrono::milliseconds span) {
  using std::chrono::duration_cast;
  if (span >= std::chrono::hours{1})
    return format_duration(duration_cast<std::chrono::minutes>(span));
  return format_duration(duration_cast<std::chrono::seconds>(span));
}

/// How long `feed` may have nothing new; empty while its rhythm is not known.
std::optional<std::chrono::milliseconds> longest_silence(const fetcher::FeedSpec& feed,
                                                         const FeedState& state) {
  // Many feeds rest over nights, weekends and holidays: that is no news.
  constexpr std::chrono::hours kLeast{72};
  constexpr double kGaps = 10;
  if (feed.silent_after) return feed.silent_after;
  if (state.gap_seconds <= 0) return std::nullopt;
  const std::chrono::duration<double> silence{kGaps * state.gap_seconds};
  return std::max<std::chrono::milliseconds>(
      kLeast, std::chrono::duration_cast<std::chrono::milliseconds>(silence));
}

std::optional<FeedHealth> judge_failure(const fetcher::FeedSpec& feed, FeedState& state,
                                        Timestamp now, Timestamp known_since,
                                        std::chrono::milliseconds down_after) {
  const auto since = state.last_success == Timestamp{} ? known_since : state.last_success;
  if (state.down_reported) return std::nullopt;
  if (state.gone) {
    state.down_reported = true;
    return FeedHealth{"feed_gone", "feed " + feed.name +
                                       " is gone (HTTP 410) and is polled no more; remove it from "
                                       "the configuration or give its new address"};
  }
  if (now - since < down_after) return std::nullopt;
  state.down_reported = true;
  return FeedHealth{"feed_down", "feed " + feed.name + " has failed for " + spoken(now - since) +
                                     ": " + state.last_error};
}

}  // namespace

std::optional<FeedHealth> judge_health(const fetcher::FeedSpec& feed, FeedState& state,
                                       Timestamp now, Timestamp known_since,
                                       std::chrono::milliseconds down_after) {
  if (state.failures > 0 || state.gone)
    return judge_failure(feed, state, now, known_since, down_after);
  if (state.down_reported) {
    state.down_reported = false;
    return FeedHealth{"feed_recovered", "feed " + feed.name + " answers again"};
  }
  const auto longest = longest_silence(feed, state);
  if (!longest || state.last_new_item == Timestamp{}) return std::nullopt;
  const auto quiet = now - state.last_new_item;
  if (quiet >= *longest && !state.silent_reported) {
    state.silent_reported = true;
    return FeedHealth{"feed_silent", "feed " + feed.name + " answers but has had nothing new for " +
                                         spoken(quiet)};
  }
  if (quiet < *longest && state.silent_reported) {
    state.silent_reported = false;
    return FeedHealth{"feed_active", "feed " + feed.name + " has new items again"};
  }
  return std::nullopt;
}

}  // namespace tocsin::daemon
