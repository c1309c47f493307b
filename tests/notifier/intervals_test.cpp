// SPDX-License-Identifier: MIT
#include "notifier/intervals.hpp"

#include <gtest/gtest.h>

#include "base/time_format.hpp"

namespace tocsin::notifier {
namespace {

Timestamp utc(const char* text) {
  const auto when = parse_rfc3339(text);
  EXPECT_TRUE(when) << text;
  return when ? *when : Timestamp{};
}

/// The end of the window that holds `when`, or "no".
std::string until(const TimeWindow& window, const char* when) {
  const Intervals intervals({{"it", {window}}});
  const auto end = intervals.until({"it"}, utc(when));
  return end ? format_rfc3339(*end) : "no";
}

TimeWindow window(int from, int to, std::vector<std::uint8_t> weekdays = {},
                  std::string zone = "Europe/Helsinki") {
  return {{{from, to}}, std::move(weekdays), std::move(zone)};
}

constexpr int hm(int hour, int minute) {
  return 60 * hour + minute;
}

// Helsinki is at UTC+2, in summer at UTC+3. In 2026 clocks go ahead on 29 March at 03:00 local time
// (01:00 UTC), and back on 25 October at 04:00 local time (01:00 UTC).

TEST(Intervals, HoldsANightThatGoesPastMidnight) {
  const auto night = window(hm(22, 0), hm(6, 30));
  EXPECT_EQ(until(night, "2026-11-23T19:59:59Z"), "no");
  EXPECT_EQ(until(night, "2026-11-23T20:00:00Z"), "2026-11-24T04:30:00Z");
  EXPECT_EQ(until(night, "2026-11-24T04:29:59Z"), "2026-11-24T04:30:00Z");
  EXPECT_EQ(until(night, "2026-11-24T04:30:00Z"), "no");
}

TEST(Intervals, ShortensTheNightWhenClocksGoAhead) {
  const auto night = window(hm(22, 0), hm(6, 30));
  EXPECT_EQ(until(night, "2026-03-28T20:00:00Z"), "2026-03-29T03:30:00Z");
}

TEST(Intervals, LengthensTheNightWhenClocksGoBack) {
  const auto night = window(hm(22, 0), hm(6, 30));
  EXPECT_EQ(until(night, "2026-10-24T19:00:00Z"), "2026-10-25T04:30:00Z");
}

TEST(Intervals, DoesNotSkipAWindowInTheHourThatIsSkipped) {
  const auto window_of_skipped_time = window(hm(3, 15), hm(3, 45));
  EXPECT_EQ(until(window_of_skipped_time, "2026-03-29T01:20:00Z"), "2026-03-29T01:45:00Z");
}

TEST(Intervals, DoesNotDoubleAWindowInTheHourThatComesTwice) {
  const auto window_of_doubled_time = window(hm(3, 15), hm(3, 45));
  EXPECT_EQ(until(window_of_doubled_time, "2026-10-25T00:20:00Z"), "2026-10-25T00:45:00Z");
  EXPECT_EQ(until(window_of_doubled_time, "2026-10-25T01:20:00Z"), "no") << "03:20 once more";
}

TEST(Intervals, CountsWeekdaysByTheDayOnWhichAWindowBegins) {
  const auto friday_night = window(hm(22, 0), hm(6, 0), {5});
  EXPECT_EQ(until(friday_night, "2026-11-27T21:00:00Z"), "2026-11-28T04:00:00Z");
  EXPECT_EQ(until(friday_night, "2026-11-28T03:00:00Z"), "2026-11-28T04:00:00Z")
      << "Saturday, 5:00";
  EXPECT_EQ(until(friday_night, "2026-11-28T21:00:00Z"), "no");
}

TEST(Intervals, TakesWholeDaysWhereNoTimesAreGiven) {
  const TimeWindow weekend{{}, {6, 0}, "Europe/Helsinki"};
  EXPECT_EQ(until(weekend, "2026-11-28T10:00:00Z"), "2026-11-29T22:00:00Z") << "without a gap";
  EXPECT_EQ(until(weekend, "2026-11-27T21:59:59Z"), "no");
}

TEST(Intervals, JoinsIntervalsThatTouch) {
  const Intervals intervals(
      {{"evening", {window(hm(18, 0), hm(22, 0))}}, {"night", {window(hm(22, 0), hm(6, 0))}}});
  EXPECT_EQ(format_rfc3339(*intervals.until({"night", "evening"}, utc("2026-11-23T16:30:00Z"))),
            "2026-11-24T04:00:00Z");
  EXPECT_FALSE(intervals.until({}, utc("2026-11-23T16:30:00Z")));
  EXPECT_FALSE(intervals.until({"unknown"}, utc("2026-11-23T16:30:00Z")));
}

TEST(Intervals, EndsTheSearchWhereThereIsNoEnd) {
  const auto end =
      Intervals({{"always", {TimeWindow{}}}}).until({"always"}, utc("2026-11-23T00:00:00Z"));
  ASSERT_TRUE(end);
  EXPECT_LE(*end, utc("2026-12-03T00:00:00Z"));
}

TEST(Intervals, KnowsZonesOnTheOtherSideOfTheWorld) {
  const auto night = window(hm(22, 0), hm(6, 0), {}, "Pacific/Auckland");
  EXPECT_EQ(until(night, "2026-11-23T09:30:00Z"), "2026-11-23T17:00:00Z");
}

TEST(Zone, RefusesANameThatIsNone) {
  EXPECT_FALSE(Zone::open("Europe/Helsingfors"));
  EXPECT_TRUE(Zone::open("Europe/Helsinki"));
  EXPECT_TRUE(Zone::open("UTC"));
  EXPECT_TRUE(Zone::open(""));
}

TEST(NextDigest, TakesTheNextOfItsTimes) {
  const auto zone = zone_or_utc("Europe/Helsinki");
  const Digest digest{{hm(18, 0), hm(7, 30)}, "Europe/Helsinki", 1};
  auto next = [&](const char* when) {
    return format_rfc3339(next_digest(digest, zone, utc(when)));
  };
  EXPECT_EQ(next("2026-11-23T05:29:59Z"), "2026-11-23T05:30:00Z");
  EXPECT_EQ(next("2026-11-23T05:30:00Z"), "2026-11-23T16:00:00Z");
  EXPECT_EQ(next("2026-11-23T16:00:00Z"), "2026-11-24T05:30:00Z");
}

TEST(NextDigest, ComesOnceOnDaysWhenClocksChange) {
  const auto zone = zone_or_utc("Europe/Helsinki");
  const Digest digest{{hm(3, 30)}, "Europe/Helsinki", 1};
  auto next = [&](const char* when) {
    return format_rfc3339(next_digest(digest, zone, utc(when)));
  };
  EXPECT_EQ(next("2026-03-28T22:00:00Z"), "2026-03-29T01:30:00Z") << "there is no 03:30";
  EXPECT_EQ(next("2026-10-24T22:00:00Z"), "2026-10-25T00:30:00Z") << "the first 03:30";
  EXPECT_EQ(next("2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z") << "not the second one";
}

}  // namespace
}  // namespace tocsin::notifier
