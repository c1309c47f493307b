// SPDX-License-Identifier: MIT
#include "fetcher/discovery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> found(std::string_view page,
                               std::string_view url = "https://news.example/world/") {
  std::vector<std::string> out;
  for (const auto& feed : discover_feeds(page, url)) out.push_back(feed.url);
  return out;
}

TEST(Discovery, FindsWhatAPageAnnounces) {
  const auto feeds = discover_feeds(
      R"(<html><head><LINK rel="alternate" type="application/rss+xml" title="News &amp; more"
         href="/rss.xml"><link href='atom' type='application/atom+xml' rel='alternate home'>)",
      "https://news.example/world/");
  ASSERT_EQ(feeds.size(), 2U);
  EXPECT_EQ(feeds[0].url, "https://news.example/rss.xml");
  EXPECT_EQ(feeds[0].title, "News & more");
  EXPECT_EQ(feeds[0].type, "application/rss+xml");
  EXPECT_EQ(feeds[1].url, "https://news.example/world/atom");
}

TEST(Discovery, PassesOverOtherAlternatesAndStyles) {
  EXPECT_THAT(found(R"(<link rel="alternate" hreflang="fi" href="/fi/">
                       <link rel="stylesheet" type="text/css" href="/rss.css">
                       <link rel="alternate" type="application/rss+xml">)"),
              IsEmpty());
}

TEST(Discovery, PutsCommentFeedsBehindAndPlainLinksLast) {
  EXPECT_THAT(found(R"(<a href="/feed/">RSS</a>
               <link rel=alternate type=application/rss+xml title="Comments" href=/comments/feed>
               <link rel=alternate type=application/rss+xml title="News" href=/news.rss>)"),
              ElementsAre("https://news.example/news.rss", "https://news.example/comments/feed",
                          "https://news.example/feed/"));
}

TEST(Discovery, ObeysTheBaseOfAPageAndNamesEachFeedOnce) {
  EXPECT_THAT(found(R"(<base href="https://cdn.example/x/"><a href="a.rss"><a href="a.rss">
                       <link rel="alternate" type="application/atom+xml" href="b">)"),
              ElementsAre("https://cdn.example/x/b", "https://cdn.example/x/a.rss"));
}

TEST(Discovery, IgnoresCommentsAndScripts) {
  EXPECT_THAT(found(R"(<!-- <a href="/old.rss"> --><script>'<a href="/made.rss">'</script>
                       <style><a href="/x.rss"></STYLE></style><a href="/real.rss">)"),
              ElementsAre("https://news.example/real.rss"));
}

TEST(Discovery, OffersNothingThatIsNotOnTheWeb) {
  EXPECT_THAT(found("<a href=\"javascript:x('.rss')\"><a href=\"file:///etc/a.rss\">"
                    "<link rel=alternate type=text/xml href=\"data:text/xml,x\">"),
              IsEmpty());
}

TEST(Discovery, ReadsBrokenPagesToTheirEnd) {
  EXPECT_THAT(found("<a href=\"/a.rss"), ElementsAre("https://news.example/a.rss"));
  EXPECT_THAT(found("<a = href=/b.rss <"), ElementsAre("https://news.example/b.rss"));
  for (const auto* page :
       {"", "<", "<a", "<a href", "<a href=", "<!--", "<script", "< a>", "<a/=/=>"})
    EXPECT_THAT(found(page), IsEmpty()) << page;
}

TEST(Discovery, KnowsWhereFeedsOftenLie) {
  EXPECT_THAT(usual_feed_addresses("https://news.example/world/page.html?x=1"),
              ::testing::Contains("https://news.example/feed"));
}

}  // namespace
}  // namespace tocsin::fetcher
