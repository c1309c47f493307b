// SPDX-License-Identifier: MIT
#include <chrono>

#include <gtest/gtest.h>

#include "base/time_format.hpp"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

TEST(Duration, ReadsEveryUnit) {
  EXPECT_EQ(*parse_duration("250ms"), 250ms);
  EXPECT_EQ(*parse_duration("30s"), 30s);
  EXPECT_EQ(*parse_duration("10m"), 10min);
  EXPECT_EQ(*parse_duration("12h"), 12h);
  EXPECT_EQ(*parse_duration("90d"), 24h * 90);
  EXPECT_EQ(*parse_duration("2w"), 24h * 14);
  EXPECT_EQ(*parse_duration("2y"), 24h * 730);
  EXPECT_EQ(*parse_duration("1h30m"), 90min);
}

TEST(Duration, RefusesWhatHasNoUnitOrNoNumber) {
  for (const auto* bad : {"", "10", "m", "1.5h", "-5m", "5 m", "10x", "5m1h", "1m1m"}) {
    const auto read = parse_duration(bad);
    ASSERT_FALSE(read) << bad;
    EXPECT_NE(read.error().message.find("10m"), std::string::npos) << bad;
  }
}

TEST(Duration, RefusesWhatWouldOverflow) {
  EXPECT_EQ(parse_duration("999999999999999999999y").error().code, Errc::too_large);
  EXPECT_EQ(parse_duration("101y").error().code, Errc::too_large);
}

TEST(Duration, WritesTheShortestTextThatReadsBack) {
  EXPECT_EQ(format_duration(90s), "1m30s");
  EXPECT_EQ(format_duration(24h * 14), "14d");
  EXPECT_EQ(format_duration(0s), "0s");
  EXPECT_EQ(*parse_duration(format_duration(1234567ms)), 1234567ms);
}

TEST(Rfc3339, WritesUtcWithWholeSeconds) {
  EXPECT_EQ(format_rfc3339(Timestamp{1'536'278'400'999ms}), "2018-09-07T00:00:00Z");
}

TEST(Rfc3339, ReadsOffsetsAndFractions) {
  EXPECT_EQ(*parse_rfc3339("2018-09-07T03:30:00.25+03:30"), Timestamp{1'536'278'400'250ms});
  EXPECT_EQ(*parse_rfc3339("2018-09-07t00:00:00z"), Timestamp{1'536'278'400'000ms});
}

TEST(Rfc3339, RefusesDatesThatDoNotExist) {
  for (const auto* bad : {"2018-02-30T00:00:00Z", "2018-09-07", "2018-09-07T25:00:00Z",
                          "2018-09-07T00:00:00", "2018-09-07T00:00:00Zx"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

}  // namespace
}  // namespace tocsin
