// SPDX-License-Identifier: MIT
#include "app/demo/feed_documents.hpp"

#include <gtest/gtest.h>

#include "base/time_format.hpp"
#include "parser/parser.hpp"

namespace tocsin::demo {
namespace {

const std::vector<Published> kEntries = {
    {"urn:x:2", "http://127.0.0.1/2", "Опять & снова", "Erster Absatz.\n\nZweiter.", "ru",
     *parse_rfc3339("2026-11-23T08:00:00Z")},
    {"urn:x:1", "http://127.0.0.1/1", "First", "Text.", "en",
     *parse_rfc3339("2026-11-22T08:00:00Z")}};

void expect_the_entries(const std::string& document, const std::string& format) {
  const auto feed = parser::parse_feed(document, {});
  ASSERT_TRUE(feed) << feed.error().message;
  EXPECT_EQ(feed->format, format);
  EXPECT_TRUE(feed->warnings.empty()) << feed->warnings.front();
  ASSERT_EQ(feed->items.size(), 2U);
  const auto& item = feed->items[0];
  EXPECT_EQ(item.id, "urn:x:2");
  EXPECT_EQ(item.url, "http://127.0.0.1/2");
  EXPECT_EQ(item.title, "Опять & снова");
  EXPECT_EQ(item.content_text, "Erster Absatz.\n\nZweiter.");
  EXPECT_EQ(item.published, kEntries[0].when);
}

TEST(DemoFeeds, AreReadBackAsWritten) {
  expect_the_entries(as_rss("T", "http://127.0.0.1/", kEntries), "rss-2.0");
  expect_the_entries(as_atom("T", "http://127.0.0.1/", kEntries), "atom-1.0");
  expect_the_entries(as_json_feed("T", "http://127.0.0.1/", kEntries), "json-feed-1.1");
}

}  // namespace
}  // namespace tocsin::demo
