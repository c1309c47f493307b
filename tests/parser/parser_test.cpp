// SPDX-License-Identifier: MIT
#include "parser/parser.hpp"

#include <gtest/gtest.h>

#include "parser/dates.hpp"
#include "parser/identity.hpp"

namespace tocsin::parser {
namespace {

TEST(ParseFeed, ReadsAnRssItem) {
  const auto feed = parse_feed(
      "<rss version='2.0'><channel><title>T</title><item><title>A</title><link>/1</link>"
      "<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>"
      "<pubDate>Wed, 30 Aug 2017 10:00:00 GMT</pubDate></item></channel></rss>",
      {.url = "https://news.example/rss", .content_type = ""});
  ASSERT_TRUE(feed);
  ASSERT_EQ(feed->items.size(), 1U);
  EXPECT_EQ(feed->items[0].title, "A");
  EXPECT_EQ(feed->items[0].url, "https://news.example/1");
  EXPECT_EQ(feed->items[0].content_text, "One\n\nTwo");
  EXPECT_TRUE(feed->items[0].published.has_value());
}

TEST(ParseFeed, RefusesAnHtmlPageAndSaysSo) {
  const auto feed = parse_feed("<!doctype html><html><body>hi</body></html>", {});
  ASSERT_FALSE(feed);
  EXPECT_NE(feed.error().message.find("HTML"), std::string::npos);
}

TEST(ParseFeed, MarksADocumentThatWasCutShort) {
  const auto feed =
      parse_feed("<rss version='2.0'><channel><item><title>A</title></item><item><title>B", {});
  ASSERT_TRUE(feed);
  EXPECT_TRUE(feed->truncated);
  EXPECT_EQ(feed->items.at(0).title, "A");
}

TEST(ReadDate, GivesNoDateForWhatIsNone) {
  EXPECT_FALSE(read_date("Sun, 16 zzz 2012 11:47:32 GMT"));
  EXPECT_FALSE(read_date("31 Feb 2012"));
}

TEST(Identify, KeepsItemsWithOneGuidApart) {
  Feed feed;
  feed.items.resize(2);
  feed.items[0].id = feed.items[1].id = "same";
  feed.items[0].title = "A";
  feed.items[1].title = "B";
  const auto keys = identify(feed);
  EXPECT_NE(keys.at(0).primary, keys.at(1).primary);
}

}  // namespace
}  // namespace tocsin::parser
