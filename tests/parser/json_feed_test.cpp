// SPDX-License-Identifier: MIT
#include <string>

#include <gtest/gtest.h>

#include "parser/feed_json.hpp"
#include "parser/parser.hpp"

namespace tocsin::parser {
namespace {

Feed read(const std::string& document) {
  auto feed = parse_feed(document, {.url = "https://news.example/feed", .content_type = ""});
  EXPECT_TRUE(feed) << feed.error().message;
  return feed ? std::move(*feed) : Feed{};
}

std::string feed_of(const std::string& items) {
  return "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" + items + "]}";
}

TEST(JsonFeed, ReadsNumbersAlsoWhereTextsAreWantedAndTheOtherWayRound) {
  const auto feed =
      read(feed_of("{\"id\":17.5,\"attachments\":[{\"url\":\"/a\",\"size_in_bytes\":\"5\","
                   "\"duration_in_seconds\":7.5}]}"));
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].id, "17.5");
  ASSERT_EQ(feed.items[0].attachments.size(), 1U);
  EXPECT_EQ(feed.items[0].attachments[0].size_in_bytes, 5U);
  EXPECT_EQ(feed.items[0].attachments[0].duration, std::chrono::seconds{7});
}

TEST(JsonFeed, TakesTheBannerForAnImageWhereThereIsNoOther) {
  EXPECT_EQ(read(feed_of("{\"id\":\"1\",\"banner_image\":\"/b\"}")).items.at(0).image,
            "https://news.example/b");
}

TEST(JsonFeed, KeepsEveryWholeItemOfACutDocument) {
  const auto feed = read(
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"hubs\":[{\"url\":\"h\"}],\"items\":["
      "{\"id\":\"1\",\"title\":\"a } ] \\\" b\",\"tags\":[\"t\"]},{\"id\":\"2\",\"tit");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].title, "a } ] \" b");
  EXPECT_TRUE(feed.truncated);
  EXPECT_FALSE(feed.warnings.empty());
}

TEST(JsonFeed, ReplacesHalvesOfSurrogatePairs) {
  EXPECT_EQ(
      read(feed_of(R"({"id":"1","title":"\ud83d\ude00 \ud83d \ude00 \\ud83d"})")).items.at(0).title,
      "😀 \uFFFD \uFFFD \\ud83d");
}

TEST(JsonFeed, MayHaveNoItems) {
  EXPECT_TRUE(
      read("{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\"}").items.empty());
}

TEST(ToJson, EscapesWhatJsonCannotHoldAndLeavesOutWhatIsEmpty) {
  Item item;
  item.id = "1";
  item.title = "a\"b\\c\nd\te\x01";
  EXPECT_EQ(to_json(item), R"({"id":"1","title":"a\"b\\c\nd\te\u0001"})");
  item.authors = {{"", "", ""}, {"Ann", "", "a@b.example"}};
  item.guid_is_permalink = false;
  EXPECT_EQ(to_json(item), R"({"id":"1","title":"a\"b\\c\nd\te\u0001",)"
                           R"("authors":[{"name":"Ann","_tocsin":{"email":"a@b.example"}}],)"
                           R"("_tocsin":{"guid_is_permalink":false}})");
}

TEST(ToJson, WritesListsAndNumbers) {
  Feed feed;
  feed.format = "rss-2.0";
  feed.ttl = std::chrono::minutes{5};
  feed.hubs = {"h", "i"};
  feed.items.resize(2);
  feed.items[0].id = "1";
  feed.items[1].id = "2";
  feed.items[1].attachments = {{"u", "", "", 5, std::chrono::seconds{7}}};
  EXPECT_EQ(to_json(feed),
            R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"},{"id":"2",)"
            R"("attachments":[{"url":"u","size_in_bytes":5,"duration_in_seconds":7}]}],)"
            R"("_tocsin":{"format":"rss-2.0","ttl":5,"hubs":["h","i"]}})");
}

}  // namespace
}  // namespace tocsin::parser
