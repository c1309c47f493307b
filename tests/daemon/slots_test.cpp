// SPDX-License-Identifier: MIT
#include "daemon/slots.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;

TEST(Slots, AreAsManyAsGivenAndComeBack) {
  Slots slots(2);
  const auto one = slots.take(0ms);
  EXPECT_TRUE(slots.free(0ms));
  const auto two = slots.take(0ms);
  EXPECT_FALSE(slots.free(10ms));
  slots.give_back(two);
  EXPECT_TRUE(slots.free(10ms));
  slots.give_back(one);
  EXPECT_EQ(slots.next(), std::nullopt);
}

TEST(Slots, AreNotHeldByPollsThatHang) {
  Slots slots(1);
  const auto hanging = slots.take(0ms);
  EXPECT_FALSE(slots.free(499ms));
  EXPECT_EQ(slots.next(), 500ms);
  EXPECT_TRUE(slots.free(500ms));
  const auto quick = slots.take(500ms);
  EXPECT_FALSE(slots.free(600ms));
  slots.give_back(quick);
  slots.give_back(hanging);
  EXPECT_TRUE(slots.free(600ms));
}

TEST(Slots, EndWhereTooManyPollsHang) {
  Slots slots(1);
  std::vector<Slots::Ticket> hanging;
  for (auto now = 0ms; hanging.size() < 3; now += 500ms) {
    ASSERT_TRUE(slots.free(now));
    hanging.push_back(slots.take(now));
  }
  EXPECT_FALSE(slots.free(1h));
  slots.give_back(hanging[1]);
  EXPECT_TRUE(slots.free(1h));
}

}  // namespace
}  // namespace tocsin::daemon
