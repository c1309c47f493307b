// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "fetcher/feed_spec.hpp"
#include "model/feed_state.hpp"

namespace tocsin::daemon {

/// Something about a feed that its watcher should know, once.
struct FeedHealth {
  std::string kind;  ///< "feed_down", "feed_recovered", "feed_silent", "feed_gone", "feed_active"
  std::string text;  ///< one sentence
};

/// Looks at `state` after a poll and says what changed about the feed's health, if anything; the
/// flags in `state` remember what was said, so that nothing is said twice, over restarts too.
///
/// Down: failing for longer than `down_after` since the last success, or since `known_since` for a
/// feed that never succeeded. Silent: no new item for `feed.silent_after`, or where that is not set
/// for ten times its usual gap, and for three days at the least. Gone: HTTP 410. Pure.
std::optional<FeedHealth> judge_health(const fetcher::FeedSpec& feed, FeedState& state,
                                       Timestamp now, Timestamp known_since,
                                       std::chrono::milliseconds down_after);

}  // namespace tocsin::daemon
