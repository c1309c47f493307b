// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/feed_state.hpp"

namespace tocsin::daemon {

/// A FeedState that waits for the feed's next poll: the same in less than half of the memory, since
/// of eight texts most are empty or short. Any thread: pure.
class RestingState {
 public:
  RestingState() = default;
  explicit RestingState(const FeedState& state);

  /// What it was made of.
  [[nodiscard]] FeedState wake() const;

  [[nodiscard]] const FeedFigures& figures() const noexcept { return figures_; }

 private:
  FeedFigures figures_;
  std::string texts_;  // one behind the other, each behind its length; empty: all are empty
};

}  // namespace tocsin::daemon
