// SPDX-License-Identifier: MIT
#include "fetcher/resume.hpp"

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow{1'800'000'000s};

class Resume : public ::testing::Test {
 protected:
  Resume() {
    feed.name = "news";
    feed.url = "https://news.example/rss";
    state = resume(feed, options, {}, kNow);
    state.next_poll = kNow + 20min;
    state.last_poll = state.last_success = kNow - 10min;
    state.etag = "\"1\"";
  }

  FeedSpec feed;
  FetchOptions options;
  FeedState state;
};

TEST_F(Resume, GoesOnWhereItStopped) {
  const auto after = resume(feed, options, state, kNow);
  EXPECT_EQ(after.next_poll, kNow + 20min);
  EXPECT_EQ(after.last_poll, kNow - 10min);
  EXPECT_EQ(after.etag, "\"1\"");
}

TEST_F(Resume, BeginsAnewWithAFeedWhoseAddressChanged) {
  state.permanent_url = "https://elsewhere.example/";
  state.gone = true;
  state.gap_seconds = 900;
  feed.url = "https://news.example/atom";
  const auto after = resume(feed, options, state, kNow);
  EXPECT_EQ(after.next_poll, Timestamp{});
  EXPECT_EQ(after.etag, "");
  EXPECT_EQ(after.permanent_url, "");
  EXPECT_FALSE(after.gone);
  EXPECT_EQ(after.last_success, kNow - 10min) << "it is not read for the first time";
  EXPECT_EQ(after.gap_seconds, 900);
  EXPECT_EQ(resume(feed, options, after, kNow).source, after.source);
}

TEST_F(Resume, TakesAStateOfAnyAddressWhereNoneWasWritten) {
  state.source = 0;
  EXPECT_EQ(resume(feed, options, state, kNow).etag, "\"1\"");
}

TEST_F(Resume, PollsAtOnceWhatAClockSetWrongPutOffForYears) {
  state.next_poll = kNow + 24h * 400;
  state.last_success = kNow + 24h * 399;
  const auto after = resume(feed, options, state, kNow);
  EXPECT_EQ(after.next_poll, kNow);
  EXPECT_EQ(after.last_success, kNow);
}

TEST_F(Resume, WaitsAsLongAsAPlanMayBe) {
  state.next_poll = kNow + 26h;  // a day of Retry-After and its jitter
  EXPECT_EQ(resume(feed, options, state, kNow).next_poll, kNow + 26h);
  feed.interval = 24h * 30;
  state.next_poll = kNow + 24h * 31;
  EXPECT_EQ(resume(feed, options, state, kNow).next_poll, kNow + 24h * 31);
}

}  // namespace
}  // namespace tocsin::fetcher
