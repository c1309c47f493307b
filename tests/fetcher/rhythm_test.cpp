// SPDX-License-Identifier: MIT
#include "fetcher/rhythm.hpp"

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow{1'800'000'000s};

std::vector<Timestamp> hourly(int count) {
  std::vector<Timestamp> dates;
  for (int i = 0; i < count; ++i) dates.push_back(kNow - i * 1h);
  return dates;
}

TEST(UsualGap, IsTheMedianOfTheNewest) {
  EXPECT_EQ(usual_gap(hourly(20), kNow), 1h);
  EXPECT_EQ(usual_gap({kNow - 30min, kNow}, kNow), 30min);
}

TEST(UsualGap, IsNotSpoiltByOnePinnedItemNorByOneFromTheFuture) {
  auto dates = hourly(8);
  dates.insert(dates.begin(), kNow - 24h * 365 * 5);
  dates.push_back(kNow + 24h * 365 * 70);
  EXPECT_EQ(usual_gap(dates, kNow), 1h);
}

TEST(UsualGap, IsUnknownWithFewerThanTwoDates) {
  EXPECT_EQ(usual_gap({}, kNow), std::nullopt);
  EXPECT_EQ(usual_gap({kNow}, kNow), std::nullopt);
  EXPECT_EQ(usual_gap({kNow, kNow + 1h}, kNow), std::nullopt);
}

TEST(FeedWish, SurvivesBeingPacked) {
  const FeedWish wish{90min, 0x80'0003, 0x41};
  const auto back = unpack_wish(pack(wish));
  EXPECT_EQ(back.ttl, 90min);
  EXPECT_EQ(back.skip_hours, 0x80'0003U);
  EXPECT_EQ(back.skip_days, 0x41);
  EXPECT_EQ(pack({}), 0U);
  EXPECT_EQ(unpack_wish(pack({24h * 365, 0, 0})).ttl, 24h * 7);
  EXPECT_EQ(unpack_wish(pack({-1h, 0, 0})).ttl, 0h);
}

}  // namespace
}  // namespace tocsin::fetcher
