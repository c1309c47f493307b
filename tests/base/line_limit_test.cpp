// SPDX-License-Identifier: MIT
#include "base/line_limit.hpp"

#include <gtest/gtest.h>

namespace tocsin::log {
namespace {

using std::chrono::seconds;

class LineLimitTest : public testing::Test {
 protected:
  bool admit(const char* file, std::string_view what) {
    return limit.admit({file, 1, "fetcher"}, what, now);
  }
  LineLimit limit{2, seconds{10}};
  LineLimit::Instant now{seconds{1'000}};
};

TEST_F(LineLimitTest, LetsSoManyLinesOfOnePlaceThrough) {
  EXPECT_TRUE(admit("a", "one"));
  EXPECT_TRUE(admit("a", "two"));
  EXPECT_FALSE(admit("a", "three"));
  EXPECT_TRUE(admit("b", "another place is not held back"));
}

TEST_F(LineLimitTest, TellsOnceWhatWasLeftOutWhenTheTimeIsOver) {
  for (const auto* what : {"one", "two", "three", "four"}) admit("a", what);
  EXPECT_TRUE(limit.take_ended(now).empty()) << "the span is not over";
  now += seconds{10};
  const auto left_out = limit.take_ended(now);
  ASSERT_EQ(left_out.size(), 1U);
  EXPECT_EQ(left_out[0].room, "fetcher");
  EXPECT_EQ(left_out[0].what, "four");
  EXPECT_EQ(left_out[0].lines, 2U);
  EXPECT_TRUE(limit.take_ended(now).empty());
}

TEST_F(LineLimitTest, BeginsAnewAfterTheTime) {
  for (const auto* what : {"one", "two"}) admit("a", what);
  now += seconds{10};
  EXPECT_TRUE(admit("a", "three"));
}

}  // namespace
}  // namespace tocsin::log
