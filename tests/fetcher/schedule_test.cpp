// SPDX-License-Identifier: MIT
#include "fetcher/schedule.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{1'800'000'000'000ms};

FetchOptions options(std::uint32_t concurrency = 1, milliseconds spacing = 5s) {
  FetchOptions made;
  made.per_host_concurrency = concurrency;
  made.per_host_spacing = spacing;
  return made;
}

TEST(Schedule, GivesFeedsWhenTheyAreDueInOrder) {
  Schedule schedule(options());
  schedule.set(0, "http://a.example/", kNow + 20s);
  schedule.set(1, "http://b.example/", kNow + 10s);
  EXPECT_EQ(schedule.take(kNow), std::nullopt);
  EXPECT_EQ(schedule.next(kNow), kNow + 10s);
  EXPECT_EQ(schedule.take(kNow + 30s), 1U);
  EXPECT_EQ(schedule.take(kNow + 30s), 0U);
  EXPECT_EQ(schedule.take(kNow + 30s), std::nullopt);
  EXPECT_EQ(schedule.in_flight(), 2U);
}

TEST(Schedule, AsksAHostOnceAtATimeAndLeavesAGap) {
  Schedule schedule(options());
  schedule.set(0, "http://a.example/1", kNow);
  schedule.set(1, "http://A.example/2", kNow);
  schedule.set(2, "http://b.example/3", kNow);
  EXPECT_EQ(schedule.take(kNow), 0U);
  EXPECT_EQ(schedule.take(kNow), 2U) << "another host does not wait";
  EXPECT_EQ(schedule.take(kNow + 1min), std::nullopt) << "still in flight";
  schedule.finished(0, kNow + 1min);
  EXPECT_EQ(schedule.take(kNow + 1min), std::nullopt);
  EXPECT_EQ(schedule.next(kNow + 1min), kNow + 1min + 5s);
  EXPECT_EQ(schedule.take(kNow + 1min + 5s), 1U);
}

TEST(Schedule, LetsNoFileWaitForAnother) {
  Schedule schedule(options());
  schedule.set(0, "file:///var/a.xml", kNow);
  schedule.set(1, "file:///var/b.xml", kNow);
  EXPECT_EQ(schedule.take(kNow), 0U);
  EXPECT_EQ(schedule.take(kNow), 1U);
}

TEST(Schedule, AllowsAsManyAtOnceAsConfigured) {
  Schedule schedule(options(2, 0s));
  for (std::uint32_t i = 0; i < 3; ++i) schedule.set(i, "http://a.example/", kNow);
  EXPECT_EQ(schedule.take(kNow), 0U);
  EXPECT_EQ(schedule.take(kNow), 1U);
  EXPECT_EQ(schedule.take(kNow), std::nullopt);
  schedule.finished(1, kNow);
  EXPECT_EQ(schedule.take(kNow), 2U);
}

TEST(Schedule, ForgetsAFeedThatWasRemovedEvenWhereItWaitsForItsHost) {
  Schedule schedule(options(1, 0s));
  for (std::uint32_t i = 0; i < 3; ++i) schedule.set(i, "http://a.example/", kNow);
  EXPECT_EQ(schedule.take(kNow), 0U);
  EXPECT_EQ(schedule.take(kNow), std::nullopt);
  schedule.remove(1);
  EXPECT_EQ(schedule.size(), 1U);
  schedule.finished(0, kNow);
  EXPECT_EQ(schedule.take(kNow), 2U);
}

TEST(Schedule, LetsWhatIsLastWaitForAllOthersOfItsHost) {
  Schedule schedule(options(1, 0s));
  using Rank = Schedule::Rank;
  schedule.set(0, "http://a.example/", kNow);
  EXPECT_EQ(schedule.take(kNow), 0U);
  schedule.set(1, "http://a.example/page/1", kNow, Rank::last);
  schedule.set(2, "http://a.example/page/2", kNow, Rank::last);
  schedule.set(3, "http://a.example/feed/1", kNow);
  schedule.set(4, "http://a.example/feed/2", kNow);
  EXPECT_EQ(schedule.take(kNow), std::nullopt);
  std::vector<std::uint32_t> order = {0};
  while (order.size() < 5) {
    schedule.finished(order.back(), kNow);
    const auto next = schedule.take(kNow);
    ASSERT_TRUE(next);
    if (*next == 3) {
      schedule.set(5, "http://a.example/feed/3", kNow);
      EXPECT_EQ(schedule.take(kNow), std::nullopt);
    }
    order.push_back(*next);
  }
  EXPECT_EQ(order, (std::vector<std::uint32_t>{0, 3, 4, 5, 1}));
}

TEST(Schedule, KeepsTheLimitsOfHostsThatOnlyTheLastGoTo) {
  Schedule schedule(options(1, 5s));
  schedule.set(0, "http://pages.example/1", kNow, Schedule::Rank::last);
  schedule.set(1, "http://pages.example/2", kNow, Schedule::Rank::last);
  ASSERT_EQ(schedule.take(kNow), 0U);
  schedule.finished(0, kNow);
  EXPECT_EQ(schedule.take(kNow + 4s), std::nullopt);
  EXPECT_EQ(schedule.take(kNow + 5s), 1U);
}

TEST(Schedule, MovesAFeedThatIsSetAgain) {
  Schedule schedule(options());
  schedule.set(0, "http://a.example/", kNow);
  schedule.set(0, "http://a.example/", kNow + 1h);
  EXPECT_EQ(schedule.size(), 1U);
  EXPECT_EQ(schedule.take(kNow), std::nullopt);
  EXPECT_EQ(schedule.take(kNow + 1h), 0U);
}

// Against the obvious rule: whatever happens, nothing is lost, nobody is asked too often, and a
// feed that is due on a free host is given.
TEST(Schedule, NeverLosesAFeedNorBreaksAHostsLimits) {
  std::mt19937 random(7);
  constexpr std::uint32_t kFeeds = 60;
  constexpr std::uint32_t kHosts = 9;
  Schedule schedule(options(2, 300ms));
  auto now = kNow;
  std::map<std::uint32_t, int> flying_of_host;
  std::map<std::uint32_t, Timestamp> started_of_host;
  std::vector<std::uint32_t> flying;
  std::vector<int> polled(kFeeds);
  const auto url = [&](std::uint32_t feed) {
    return "http://h" + std::to_string(feed % kHosts) + ".example/" + std::to_string(feed);
  };
  const auto rank = [](std::uint32_t feed) {
    return feed / kHosts == 0 ? Schedule::Rank::last : Schedule::Rank::first;
  };
  for (auto i = kFeeds; i-- > 0;)  // hosts are those of feeds before anything of rank last
    schedule.set(i, url(i), now + milliseconds{random() % 5'000}, rank(i));
  for (int step = 0; step < 20'000; ++step) {
    now += milliseconds{random() % 50};
    while (const auto feed = schedule.take(now)) {
      const auto host = *feed % kHosts;
      ++polled[*feed];
      EXPECT_LE(++flying_of_host[host], 2);
      const auto [last, is_first] = started_of_host.try_emplace(host, now - 300ms);
      EXPECT_GE(now - last->second, 300ms);
      last->second = now;
      flying.push_back(*feed);
    }
    if (flying.empty()) continue;
    const auto at = random() % flying.size();
    const auto feed = flying[at];
    flying.erase(flying.begin() + static_cast<std::ptrdiff_t>(at));
    --flying_of_host[feed % kHosts];
    schedule.finished(feed, now);
    schedule.set(feed, url(feed), now + milliseconds{random() % 5'000}, rank(feed));
    ASSERT_EQ(schedule.size() + schedule.in_flight(), kFeeds);
  }
  for (const int count : polled) EXPECT_GT(count, 50);
}

}  // namespace
}  // namespace tocsin::fetcher
