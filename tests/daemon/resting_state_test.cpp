// SPDX-License-Identifier: MIT
#include "daemon/resting_state.hpp"

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

TEST(RestingState, WakesAsItWas) {
  FeedState state;
  state.etag = std::string("\"\0\n\"", 4);
  state.next_reason = "interval 30m";
  state.topic = std::string(300, 't');
  state.failures = 7;
  state.gone = true;
  const auto woken = RestingState(state).wake();
  EXPECT_EQ(woken.etag, state.etag);
  EXPECT_EQ(woken.last_modified, "");
  EXPECT_EQ(woken.next_reason, "interval 30m");
  EXPECT_EQ(woken.topic, state.topic);
  EXPECT_EQ(woken.failures, 7U);
  EXPECT_TRUE(woken.gone);
}

TEST(RestingState, IsSmallWhereNothingIsKnown) {
  const RestingState nothing{FeedState{}};
  EXPECT_EQ(nothing.wake().etag, "");
  EXPECT_EQ(nothing.figures().failures, 0U);
  EXPECT_LE(sizeof nothing, 128U);
}

}  // namespace
}  // namespace tocsin::daemon
