// SPDX-License-Identifier: MIT
#include "fetcher/resume.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "fetcher/rhythm.hpp"
#include "fetcher/timing.hpp"

namespace tocsin::fetcher {
namespace {

FeedState of_another_address(FeedState old) {
  FeedState state;
  state.last_poll = old.last_poll;
  state.last_success = old.last_success;
  state.last_new_item = old.last_new_item;
  state.gap_seconds = old.gap_seconds;
  state.silent_reported = old.silent_reported;
  // A feed that was reported as down is to be reported again when it answers at its new address.
  state.down_reported = old.down_reported;
  return state;
}

}  // namespace

FeedState resume(const FeedSpec& feed, const FetchOptions& options, FeedState state,
                 Timestamp now) {
  const auto source = stable_hash64(feed.url);
  if (state.source != 0 && state.source != source) state = of_another_address(std::move(state));
  state.source = source;
  for (auto* time : {&state.last_poll, &state.last_success, &state.last_new_item})
    *time = std::min(*time, now);
  if (state.next_reason == kPushedReason) {
    auto plan = plan_next(feed, options, state, state.last_poll, unpack_wish(state.wishes));
    if (plan.when < state.next_poll) {
      state.next_poll = plan.when;
      state.next_reason = std::move(plan.reason);
    }
  }
  if (state.next_poll > now + longest_plan(feed, options, state)) state.next_poll = now;
  return state;
}

}  // namespace tocsin::fetcher
