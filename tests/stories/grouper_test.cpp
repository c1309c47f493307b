// SPDX-License-Identifier: MIT
#include "stories/grouper.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace tocsin::stories {
namespace {

using std::chrono::hours;

constexpr Timestamp kStart{hours(24 * 20'000)};

constexpr const char* kBridge =
    "The council of Ashford voted on Tuesday to keep the old Stour bridge open for another year, "
    "after a long debate in which the mayor, Ann Smith, said that it would cost 3 million to close "
    "it, while engineers warned that the pillars need repair before the next winter comes.";
constexpr const char* kBridgeElsewhere =
    "Ashford's Stour bridge stays open: the mayor, Ann Smith, won a vote in the council on "
    "Tuesday. "
    "Closing the bridge would cost 3 million, she said. Engineers want its pillars repaired.";
constexpr const char* kStorm =
    "A storm with heavy rain swept over the islands of the north at night and left thousands of "
    "homes without power, the grid company said, adding that crews from the mainland will arrive "
    "by ferry when the sea allows it. Schools in Lerwick remain closed.";

Item item(std::string title, std::string text = {}, std::string url = {}) {
  Item out;
  out.title = std::move(title);
  out.content_text = std::move(text);
  out.url = std::move(url);
  return out;
}

class GrouperTest : public ::testing::Test {
 protected:
  std::string story(const Item& one, Timestamp when = kStart) {
    return grouper.place(one, "key " + std::to_string(++keys_), when).story;
  }
  Grouper grouper;

 private:
  int keys_ = 0;
};

TEST_F(GrouperTest, DifferentNewsAreDifferentStories) {
  EXPECT_NE(story(item("Bridge stays open", kBridge)), story(item("Storm in the north", kStorm)));
}

TEST_F(GrouperTest, ACopyUnderAnotherHeadlineIsTheSameStory) {
  const auto first = story(item("Bridge stays open", kBridge));
  EXPECT_EQ(story(item("Council decides", kBridge)), first);
}

TEST_F(GrouperTest, ACutCopyWithADatelineIsTheSameStory) {
  const auto first = story(item("Bridge stays open", kBridge));
  const auto cut = "ASHFORD (Agency) - " + std::string(kBridge).substr(0, 160) + "...";
  EXPECT_EQ(story(item("Stour", cut)), first);
}

TEST_F(GrouperTest, AnotherReportOfTheEventIsTheSameStory) {
  const auto first = story(item("Bridge stays open", kBridge));
  EXPECT_EQ(story(item("Ashford keeps its bridge", kBridgeElsewhere)), first);
}

TEST_F(GrouperTest, TheSameAddressIsTheSameStoryWhateverIsWritten) {
  const auto first = story(item("Live: the vote", "", "https://a.example/live?utm_source=x"));
  EXPECT_EQ(story(item("Storm in the north", kStorm, "http://www.a.example/live")), first);
}

TEST_F(GrouperTest, IssuesOfADailySeriesAreStoriesOfTheirOwn) {
  std::set<std::string> stories;
  stories.insert(story(item("Weather in Doha for Monday",
                            "Monday will be windy in Doha, with a high of 2 degrees and winds of "
                            "52 km/h.")));
  stories.insert(story(item("Weather in Doha for Tuesday",
                            "Tuesday will be foggy in Doha, with a high of 9 degrees and winds of "
                            "19 km/h."),
                       kStart + hours(24)));
  stories.insert(story(item("Weather in Vienna for Tuesday",
                            "Tuesday will be foggy in Vienna, with a high of 8 degrees and winds "
                            "of 32 km/h."),
                       kStart + hours(24)));
  EXPECT_EQ(stories.size(), 3U);
}

TEST_F(GrouperTest, HeadlinesAloneAreGroupedByTheirRareWords) {
  const auto first = story(item("Fyffes and Chiquita merge into largest banana company"));
  EXPECT_EQ(story(item("Banana merger: Chiquita joins Ireland's Fyffes")), first);
  EXPECT_NE(story(item("Sprint chairman wants to buy T-Mobile")), first);
}

TEST_F(GrouperTest, WorksInScriptsWithoutBlanks) {
  const auto first = story(item("北京市政府宣布明年将扩建地铁网络", "新线路连接机场和大学城。"));
  EXPECT_EQ(story(item("地铁网络扩建：北京市政府宣布新线路", "明年连接机场和大学城。")), first);
  EXPECT_NE(story(item("日本队在世界杯预选赛中取胜", "比分是二比零。")), first);
}

TEST_F(GrouperTest, ForgetsWhatIsOlderThanTheWindow) {
  const auto first = story(item("Bridge stays open", kBridge));
  EXPECT_NE(story(item("Bridge stays open", kBridge), kStart + hours(73)), first);
  EXPECT_EQ(grouper.size(), 1U);
}

TEST_F(GrouperTest, NamesAStoryAfterItsFirstItem) {
  Grouper other;
  const auto here = grouper.place(item("Bridge stays open", kBridge), "k", kStart);
  const auto there = other.place(item("Bridge stays open", kBridge), "k", kStart + hours(1));
  EXPECT_EQ(here.story, there.story);
}

TEST_F(GrouperTest, SaysWhetherAStoryIsNewAndWhenItWasFirstSeen) {
  const auto first = grouper.place(item("Bridge stays open", kBridge), "k", kStart);
  EXPECT_TRUE(first.opened);
  const auto second = grouper.place(item("Bridge", kBridge), "k2", kStart + hours(1));
  EXPECT_FALSE(second.opened);
  EXPECT_EQ(second.first_seen, kStart);
  EXPECT_EQ(second.items, 2U);
}

TEST_F(GrouperTest, RemembersNoMoreItemsThanItMay) {
  Grouper small({hours(72), 10});
  for (int i = 0; i < 100; ++i)
    small.place(item("Bridge " + std::to_string(i), kBridge), std::to_string(i), kStart);
  EXPECT_EQ(small.size(), 10U);
}

TEST_F(GrouperTest, PlacesItemsWithoutAnyText) {
  EXPECT_NE(story(Item()), story(Item()));
}

TEST_F(GrouperTest, TakesAnEarlierTimeForThatOfTheItemBefore) {
  const auto first = story(item("Bridge stays open", kBridge), kStart);
  EXPECT_EQ(story(item("Bridge stays open", kBridge), kStart - hours(1000)), first);
}

}  // namespace
}  // namespace tocsin::stories
