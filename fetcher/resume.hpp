// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.hpp"
#include "fetcher/feed_spec.hpp"
#include "model/feed_state.hpp"

namespace tocsin::fetcher {

/// What a stored `state` is worth for `feed` at `now`, after a start or a reload. Any thread: pure.
///
/// It is about an address: where the configuration now names another one, validators, learned moves
/// and failures are forgotten and the feed is due at once; its rhythm and what was seen stay.
/// It holds wall-clock times, and clocks are set wrong: what lies ahead of `now` counts as now, and
/// a next poll further ahead than any plan goes is due at once. A plan that counted on the pushes
/// of a hub is made anew: they may have been missed.
FeedState resume(const FeedSpec& feed, const FetchOptions& options, FeedState state, Timestamp now);

}  // namespace tocsin::fetcher
