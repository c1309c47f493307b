// SPDX-License-Identifier: MIT
#include "daemon/health.hpp"

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kStart{1'800'000'000'000ms};

class Health : public ::testing::Test {
 protected:
  std::string judge(Timestamp now) {
    const auto health = judge_health(feed, state, now, kStart, 6h);
    return health ? health->kind : "";
  }
  fetcher::FeedSpec feed;
  FeedState state;
};

TEST_F(Health, ReportsAFeedThatIsDownOnceAndItsRecoveryOnce) {
  state.last_success = kStart;
  state.failures = 3;
  EXPECT_EQ(judge(kStart + 5h), "");
  EXPECT_EQ(judge(kStart + 6h), "feed_down");
  EXPECT_EQ(judge(kStart + 7h), "");
  state.failures = 0;
  EXPECT_EQ(judge(kStart + 8h), "feed_recovered");
  EXPECT_EQ(judge(kStart + 9h), "");
}

TEST_F(Health, MeasuresAFeedThatNeverAnsweredFromWhenItWasFirstKnown) {
  state.failures = 1;
  EXPECT_EQ(judge(kStart + 1h), "");
  EXPECT_EQ(judge(kStart + 6h), "feed_down");
}

TEST_F(Health, ReportsSilenceAndItsEndAsConfigured) {
  state.last_new_item = kStart;
  EXPECT_EQ(judge(kStart + 240h), "");
  feed.silent_after = 12h;
  EXPECT_EQ(judge(kStart + 12h), "feed_silent");
  EXPECT_EQ(judge(kStart + 13h), "");
  state.last_new_item = kStart + 14h;
  EXPECT_EQ(judge(kStart + 14h), "feed_active");
}

TEST_F(Health, ReportsSilenceFarBeyondTheFeedsOwnRhythm) {
  state.last_new_item = kStart;
  state.gap_seconds = 600;
  EXPECT_EQ(judge(kStart + 71h), "") << "nights and weekends are no news";
  EXPECT_EQ(judge(kStart + 72h), "feed_silent");
  EXPECT_EQ(judge(kStart + 99h), "");
  state.last_new_item = kStart + 100h;
  EXPECT_EQ(judge(kStart + 100h), "feed_active");
  state.gap_seconds = 24 * 3600;
  EXPECT_EQ(judge(kStart + 300h), "");
  EXPECT_EQ(judge(kStart + 340h), "feed_silent");
}

TEST_F(Health, ReportsAGoneFeedAtOnce) {
  state.gone = true;
  EXPECT_EQ(judge(kStart), "feed_gone");
  EXPECT_EQ(judge(kStart + 1h), "");
}

}  // namespace
}  // namespace tocsin::daemon
