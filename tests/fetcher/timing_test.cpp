// SPDX-License-Identifier: MIT
#include "fetcher/timing.hpp"

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{1'800'000'000'000ms};  // Fri, 15 Jan 2027 08:00:00 GMT

std::optional<milliseconds> wait(const char* value) {
  return retry_after({{"retry-after", value}}, kNow);
}

TEST(RetryAfter, ReadsSecondsAndDates) {
  EXPECT_EQ(wait("120"), 120s);
  EXPECT_EQ(wait(" 5 "), 5s);
  EXPECT_EQ(wait("Fri, 15 Jan 2027 09:00:00 GMT"), 1h);
}

TEST(RetryAfter, ClampsWhatIsAbsurd) {
  EXPECT_EQ(wait("999999999"), 24h);
  EXPECT_EQ(wait("99999999999999999999999999"), 24h);
  EXPECT_EQ(wait("1212012121201120120"), 24h) << "fits a number, but not in milliseconds";
  EXPECT_EQ(wait("Fri, 15 Jan 2060 09:00:00 GMT"), 24h);
}

TEST(RetryAfter, IgnoresNegativePastAndJunk) {
  for (const auto* value : {"", "-5", "soon", "1.5", "5s", "Fri, 15 Jan 2027 07:00:00 GMT"})
    EXPECT_EQ(wait(value), std::nullopt) << value;
}

TEST(HttpDate, IsWithinTheYearsThatADateCanName) {
  EXPECT_EQ(http_date("Fri, 31 Dec 9999 23:59:59 GMT"),
            Timestamp{std::chrono::seconds{253'402'300'799}});
  EXPECT_EQ(http_date("9Jan00000000001815733540"), std::nullopt);
  EXPECT_EQ(http_date("Sun, 06 Nov 292277026596 08:49:37 GMT"), std::nullopt);
}

TEST(Freshness, PrefersMaxAgeToExpires) {
  EXPECT_EQ(freshness({{"cache-control", "public, Max-Age=3600"},
                       {"expires", "Fri, 15 Jan 2027 10:00:00 GMT"}},
                      kNow),
            1h);
  EXPECT_EQ(freshness({{"expires", "Fri, 15 Jan 2027 10:00:00 GMT"}}, kNow), 2h);
  EXPECT_EQ(freshness({{"cache-control", "max-age=\"60\""}}, kNow), 1min);
}

TEST(Freshness, AsksForNothingWhereTheServerSaysSoOrSaysNothing) {
  EXPECT_EQ(freshness({}, kNow), 0s);
  EXPECT_EQ(freshness({{"cache-control", "no-cache, max-age=3600"}}, kNow), 0s);
  EXPECT_EQ(freshness({{"cache-control", "max-age=-1"}}, kNow), 0s);
  EXPECT_EQ(freshness({{"expires", "0"}}, kNow), 0s);
  EXPECT_EQ(freshness({{"cache-control", "s-maxage=3600"}}, kNow), 0s);
}

class Planning : public ::testing::Test {
 protected:
  static void expect_near(Timestamp when, milliseconds after) {
    EXPECT_GE(when - kNow, after * 9 / 10);
    EXPECT_LE(when - kNow, after * 11 / 10);
  }
  FeedSpec feed;
  FetchOptions options;
  FeedState state;
};

TEST_F(Planning, TakesTheDefaultUntilTheRhythmIsKnown) {
  const auto plan = plan_next(feed, options, state, kNow, {});
  expect_near(plan.when, 30min);
  EXPECT_EQ(plan.reason, "default 30m");
}

TEST_F(Planning, PollsTwiceInAnUsualGapWithinTheBounds) {
  state.gap_seconds = 3600;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 30min);
  state.gap_seconds = 10;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 10min);
  state.gap_seconds = 1e9;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 12h);
}

TEST_F(Planning, LetsTheServerAndTheDocumentLengthenTheInterval) {
  feed.interval = 5min;
  state.server_gap = 1h;
  auto plan = plan_next(feed, options, state, kNow, {});
  EXPECT_EQ(plan.when, kNow + 1h);
  EXPECT_EQ(plan.reason, "Cache-Control max-age 1h");
  FeedWish wish;
  wish.ttl = 3h;
  plan = plan_next(feed, options, state, kNow, wish);
  EXPECT_EQ(plan.when, kNow + 3h);
  EXPECT_EQ(plan.reason, "the feed's ttl 3h");
}

TEST_F(Planning, ClampsATtlOfYears) {
  FeedWish wish;
  wish.ttl = 24h * 3650;
  EXPECT_EQ(plan_next(feed, options, state, kNow, wish).when, kNow + 24h);
}

TEST_F(Planning, WaitsOutSkippedHoursAndDays) {
  feed.interval = 5min;
  FeedWish wish;
  wish.skip_hours = 1U << 8U;  // it is 08:00
  auto plan = plan_next(feed, options, state, kNow, wish);
  EXPECT_EQ(plan.when, kNow + 1h);
  EXPECT_EQ(plan.reason, "the feed's skipHours or skipDays");
  wish.skip_days = 1U << 5U;  // it is Friday
  EXPECT_EQ(plan_next(feed, options, state, kNow, wish).when, kNow + 16h);
}

TEST_F(Planning, IgnoresAFeedThatSkipsEveryHour) {
  feed.interval = 5min;
  FeedWish wish;
  wish.skip_hours = 0xFFFFFF;
  expect_near(plan_next(feed, options, state, kNow, wish).when, 5min);
}

TEST_F(Planning, DoublesAfterEachFailureUpToADay) {
  feed.interval = 10min;
  state.failures = 1;
  expect_near(plan_retry(feed, options, state, kNow, {}).when, 10min);
  state.failures = 4;
  auto plan = plan_retry(feed, options, state, kNow, {});
  expect_near(plan.when, 80min);
  EXPECT_EQ(plan.reason, "4 failures in a row");
  state.failures = 4'000'000;
  expect_near(plan_retry(feed, options, state, kNow, {}).when, 24h);
}

TEST_F(Planning, NeverRetriesBeforeTheServerWants) {
  feed.interval = 1s;
  state.failures = 1;
  const auto plan = plan_retry(feed, options, state, kNow, 1h);
  EXPECT_EQ(plan.when, kNow + 1h);
  EXPECT_EQ(plan.reason, "Retry-After 1h");
}

TEST_F(Planning, AsksAFeedThatFellSilentLessAndLess) {
  state.gap_seconds = 3600;
  state.last_new_item = kNow - 100h;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 5h);
  state.last_new_item = kNow - 24h * 365;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 12h);
  feed.interval = 30min;
  expect_near(plan_next(feed, options, state, kNow, {}).when, 30min);
}

}  // namespace
}  // namespace tocsin::fetcher
