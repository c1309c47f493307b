// SPDX-License-Identifier: MIT
#include "fetcher/page.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{1'800'000'000'000ms};
const std::string kUrl = "https://news.example/2026/vote.html";

net::Response answer(int status, net::Headers headers = {}, std::string final_url = kUrl) {
  net::Response out;
  out.status = status;
  out.headers = std::move(headers);
  out.final_url = std::move(final_url);
  out.body = "<p>x";
  return out;
}

FeedSpec private_feed() {
  FeedSpec feed;
  feed.url = "http://10.0.0.5:8080/feed";
  feed.allow_private = true;
  feed.bearer_token = "secret";
  feed.username = "bot";
  feed.headers = {{"X-Key", "secret"}};
  feed.pinned_key = "sha256//x";
  return feed;
}

TEST(PageOf, IsTheLinkOrElseTheExternalOneButOnlyOnTheWeb) {
  Item item;
  EXPECT_EQ(page_of(item), "");
  item.external_url = "https://elsewhere.example/1";
  EXPECT_EQ(page_of(item), "https://elsewhere.example/1");
  item.url = "HTTPS://news.example/1";
  EXPECT_EQ(page_of(item), "HTTPS://news.example/1");
  item = {};
  item.url = "file:///etc/passwd";
  EXPECT_EQ(page_of(item), "");
}

TEST(PageRequest, CarriesNothingThatIsTheFeedsOwn) {
  const auto request = page_request(private_feed(), {}, "http://a:b@10.0.0.5:8080/1");
  EXPECT_EQ(request.url, "http://10.0.0.5:8080/1");
  EXPECT_TRUE(request.username.empty());
  EXPECT_TRUE(net::header(request.headers, "X-Key").empty());
  EXPECT_TRUE(net::header(request.headers, "Authorization").empty());
}

TEST(PageRequest, TakesNoMoreThanAPageOrAnyAnswerMayHave) {
  FetchOptions options;
  options.max_body = 100U << 20U;
  EXPECT_EQ(page_request({}, options, kUrl).max_body, 4U << 20U);
  options.max_body = 1'000;
  EXPECT_EQ(page_request({}, options, kUrl).max_body, 1'000U);
}

TEST(PageRequest, WantsTheBodyOfHtmlAlone) {
  const auto wants = page_request({}, {}, kUrl).wants_body;
  EXPECT_TRUE(wants({{"content-type", "text/html; charset=utf-8"}}));
  EXPECT_TRUE(wants({}));
  EXPECT_FALSE(wants({{"content-type", "application/pdf"}}));
}

TEST(PageRequest, MayBePrivateOnlyOnTheFeedsOwnServer) {
  EXPECT_TRUE(page_request(private_feed(), {}, "http://10.0.0.5:8080/1").allow_private);
  EXPECT_FALSE(page_request(private_feed(), {}, "http://10.0.0.5/1").allow_private);
  EXPECT_FALSE(page_request(private_feed(), {}, "http://10.0.0.6:8080/1").allow_private);
  EXPECT_TRUE(page_request(private_feed(), {}, "http://10.0.0.6:8080/1").pinned_key.empty());
  FetchOptions all;
  all.allow_private = true;
  EXPECT_TRUE(page_request(private_feed(), all, "http://10.0.0.6:8080/1").allow_private);
}

TEST(JudgePage, TakesHtmlAndWhatSaysNothingOfItsType) {
  for (const auto* type : {"", "text/html; charset=utf-8", "Text/HTML", "application/xhtml+xml"}) {
    const auto judged = judge_page(kUrl, answer(200, {{"content-type", type}}), kNow);
    ASSERT_TRUE(judged.page) << type;
    EXPECT_EQ(judged.page->body, "<p>x");
    EXPECT_FALSE(judged.error);
  }
}

TEST(JudgePage, RefusesForGoodWhatIsNoHtml) {
  const auto judged = judge_page(kUrl, answer(200, {{"content-type", "application/pdf"}}), kNow);
  EXPECT_FALSE(judged.page);
  EXPECT_EQ(judged.error->message, "no HTML, but application/pdf");
  EXPECT_FALSE(judged.again);
}

TEST(JudgePage, AsksAgainOnlyWhereTheStatusMayPass) {
  for (const int status : {408, 425, 429, 500, 502, 503})
    EXPECT_TRUE(judge_page(kUrl, answer(status), kNow).again) << status;
  for (const int status : {204, 304, 400, 401, 402, 403, 404, 410, 451})
    EXPECT_FALSE(judge_page(kUrl, answer(status), kNow).again) << status;
  EXPECT_EQ(judge_page(kUrl, answer(402), kNow).error->code, Errc::denied);
  EXPECT_EQ(judge_page(kUrl, answer(410), kNow).error->code, Errc::not_found);
}

TEST(JudgePage, WaitsAsLongAsTheServerAsks) {
  EXPECT_EQ(judge_page(kUrl, answer(503, {{"retry-after", "90"}}), kNow).wait, 90s);
  EXPECT_EQ(judge_page(kUrl, answer(503), kNow).wait, 0s);
}

TEST(JudgePage, TakesNoFrontPageForAnArticle) {
  EXPECT_TRUE(
      judge_page("https://news.example/", answer(200, {}, "https://news.example/"), kNow).page);
  const auto judged = judge_page(kUrl, answer(200, {}, "https://news.example/"), kNow);
  EXPECT_FALSE(judged.page);
  EXPECT_FALSE(judged.again);
}

TEST(JudgeFailure, AsksAgainUnlessRefusedOrTooLarge) {
  EXPECT_FALSE(judge_failure({Errc::denied, "a private address"}).again);
  EXPECT_FALSE(judge_failure({Errc::too_large, "too large"}).again);
  EXPECT_TRUE(judge_failure({Errc::timeout, "too slow"}).again);
  EXPECT_TRUE(judge_failure({Errc::unavailable, "no such host"}).again);
  EXPECT_TRUE(judge_failure({Errc::malformed, "cut"}).again);
}

}  // namespace
}  // namespace tocsin::fetcher
