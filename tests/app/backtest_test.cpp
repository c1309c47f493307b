// SPDX-License-Identifier: MIT
#include "app/backtest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::app {
namespace {

using testing::ElementsAre;

Timestamp day(int number) {
  return Timestamp{std::chrono::days{20'000 + number} + std::chrono::hours{12}};
}

TEST(WatchHistory, DrawsABarADay) {
  WatchHistory history;
  for (int i = 0; i < 8; ++i) history.add(day(1), "busy");
  history.add(day(3), "quiet");
  EXPECT_EQ(history.chart(day(0), day(4), 60), " █ ▁ ");
  EXPECT_EQ(history.total(), 9U);
  EXPECT_EQ(history.most_a_day(), 8U);
}

TEST(WatchHistory, PutsDaysTogetherWhereTheTerminalIsNarrow) {
  WatchHistory history;
  history.add(day(0), "a");
  history.add(day(1), "b");
  history.add(day(3), "c");
  EXPECT_EQ(history.chart(day(0), day(3), 2), "█▄");
}

TEST(WatchHistory, KeepsTheNewestTitlesAsSamples) {
  WatchHistory history;
  for (const auto* title : {"a", "b", "c", "d"}) history.add(day(0), title);
  EXPECT_THAT(history.samples(), ElementsAre("b", "c", "d"));
}

TEST(WatchHistory, IgnoresDaysOutsideOfTheChart) {
  WatchHistory history;
  history.add(day(0), "too old");
  history.add(day(9), "too new");
  EXPECT_EQ(history.chart(day(1), day(3), 60), "   ");
}

}  // namespace
}  // namespace tocsin::app
