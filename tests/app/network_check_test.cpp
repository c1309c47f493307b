// SPDX-License-Identifier: MIT
#include "app/network_check.hpp"

#include <gtest/gtest.h>

#include "tests/support/raw_server.hpp"

namespace tocsin::app {
namespace {

using testing::http_answer;

fetcher::FeedSpec feed(std::string name, std::string url) {
  fetcher::FeedSpec out;
  out.name = std::move(name);
  out.url = std::move(url);
  return out;
}

TEST(CheckFeeds, SaysWhichFeedsCannotBeReadAndWhereAPageHasItsFeeds) {
  testing::RawServer server([](const std::string& request) {
    if (request.starts_with("GET /feed "))
      return http_answer(200, "", "<rss version='2.0'><channel><title>t</title></channel></rss>");
    if (request.starts_with("GET /page "))
      return http_answer(200, "Content-Type: text/html\r\n",
                         "<html><link rel='alternate' type='application/rss+xml' href='/feed'>");
    return http_answer(404, "", "");
  });
  config::Config config;
  config.fetch.allow_private = true;
  config.feeds = {feed("good", server.url("/feed")), feed("page", server.url("/page")),
                  feed("gone", server.url("/none"))};
  const auto findings = check_feeds(config);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].name, "page");
  EXPECT_EQ(findings[0].problem, "this is a web page, not a feed");
  EXPECT_EQ(findings[0].hint, "it announces " + server.url("/feed"));
  EXPECT_EQ(findings[1].name, "gone");
  EXPECT_EQ(findings[1].problem, "HTTP 404: there is no feed at this address");
}

TEST(CheckFeeds, IsAtEaseWithNoFeeds) {
  EXPECT_TRUE(check_feeds({}).empty());
}

}  // namespace
}  // namespace tocsin::app
