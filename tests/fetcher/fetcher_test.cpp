// SPDX-License-Identifier: MIT
#include "fetcher/fetcher.hpp"

#include <chrono>
#include <fstream>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_http.hpp"

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class FetcherTest : public ::testing::Test {
 protected:
  FetcherTest() {
    feed.name = "wire";
    feed.url = "https://news.example/feed";
    feed.interval = 10min;
    lesson.parsed = true;
  }
  /// One poll and, when it brought a document, its settling.
  Polled poll() {
    auto polled = testing::run(loop, fetcher.poll(std::make_shared<FeedSpec>(feed), state));
    if (polled.document) lesson.validators = polled.document->validators;
    state = polled.document ? fetcher.settle(feed, polled.state, lesson) : polled.state;
    return polled;
  }
  std::string sent(std::string_view name) {
    return std::string(net::header(http.requests.back().headers, name));
  }

  boost::asio::io_context loop{1};
  testing::ManualClock clock;
  testing::ScriptedHttp http;
  FetchOptions options;
  Fetcher fetcher{http, clock, options};
  FeedSpec feed;
  FeedState state;
  Lesson lesson;
};

TEST_F(FetcherTest, SendsValidatorsBackByteForByte) {
  http.reply(200, {{"etag", "W/\"a,b\" odd"}, {"last-modified", "Fri,  1 Jan"}}, "<rss/>");
  EXPECT_TRUE(poll().document);
  http.reply(304);
  const auto second = poll();
  EXPECT_EQ(sent("if-none-match"), "W/\"a,b\" odd");
  EXPECT_EQ(sent("if-modified-since"), "Fri,  1 Jan");
  EXPECT_FALSE(second.document);
  EXPECT_FALSE(second.error);
  EXPECT_EQ(state.etag, "W/\"a,b\" odd");
}

TEST_F(FetcherTest, TakesNewValidatorsFromA304AndFromAnUnchangedBody) {
  http.reply(200, {{"etag", "\"1\""}}, "<rss/>");
  poll();
  http.reply(304, {{"etag", "\"2\""}});
  poll();
  EXPECT_EQ(state.etag, "\"2\"");
  http.reply(200, {{"etag", "\"3\""}}, "<rss/>");
  const auto same = poll();
  EXPECT_FALSE(same.document) << "the body is the one that was dealt with";
  EXPECT_EQ(state.etag, "\"3\"");
}

TEST_F(FetcherTest, TreatsANewBodyUnderAnOldEtagAsNew) {
  http.reply(200, {{"etag", "\"1\""}}, "<rss>1</rss>");
  poll();
  http.reply(200, {{"etag", "\"1\""}}, "<rss>2</rss>");
  EXPECT_TRUE(poll().document);
}

TEST_F(FetcherTest, KeepsNoValidatorOfADocumentThatWasNotDealtWith) {
  http.reply(200, {{"etag", "\"1\""}}, "<html>");
  lesson.parsed = false;
  lesson.error = "an HTML page";
  poll();
  EXPECT_EQ(state.etag, "");
  EXPECT_EQ(state.failures, 1U);
  EXPECT_THAT(state.last_error, HasSubstr("an HTML page"));
  http.reply(200, {{"etag", "\"1\""}}, "<html>");
  EXPECT_TRUE(poll().document) << "the same body must come to the parser again";
  EXPECT_EQ(state.failures, 2U);
}

TEST_F(FetcherTest, KeepsTheValidatorsOfTheLastFeedWhenAPageComesInItsPlace) {
  http.reply(200, {{"etag", "\"feed\""}, {"last-modified", "Fri"}}, "<rss/>");
  poll();
  lesson.parsed = false;
  http.reply(200, {{"etag", "\"page\""}}, "<html>");
  poll();
  EXPECT_EQ(state.etag, "\"feed\"");
  EXPECT_EQ(state.last_modified, "Fri");
  lesson.parsed = true;
  http.reply(200, {{"etag", "\"feed\""}}, "<rss/>");
  EXPECT_FALSE(poll().document) << "it is the one that was read";
}

TEST_F(FetcherTest, TakesFromAPushOnlyWhatItSays) {
  state.etag = "\"1\"";
  state.hub = "https://hub.example/";
  state.wishes = pack({1h, 0, 0});
  lesson.pushed = true;
  lesson.new_items = 1;
  const auto after = fetcher.settle(feed, state, lesson);
  EXPECT_EQ(after.etag, "\"1\"");
  EXPECT_EQ(after.hub, "https://hub.example/");
  EXPECT_EQ(after.wishes, state.wishes);
  EXPECT_EQ(after.last_new_item, clock.now());
  lesson.parsed = false;
  EXPECT_EQ(fetcher.settle(feed, after, lesson).failures, 0U);
}

TEST_F(FetcherTest, KeepsNoValidatorOfACutDocumentButItsItems) {
  http.reply(200, {{"etag", "\"1\""}}, "<rss>");
  lesson.truncated = true;
  lesson.new_items = 2;
  poll();
  EXPECT_EQ(state.etag, "");
  EXPECT_EQ(state.failures, 0U);
  EXPECT_EQ(state.last_new_item, clock.now());
}

TEST_F(FetcherTest, TakesOnlyA200AsADocument) {
  for (const int status : {201, 204, 206, 226, 302, 400, 404, 999}) {
    http.reply(status, {}, "<rss/>");
    const auto polled = poll();
    EXPECT_FALSE(polled.document) << status;
    EXPECT_TRUE(polled.error) << status;
  }
}

TEST_F(FetcherTest, TakesA304NobodyAskedForAsAnError) {
  http.reply(304);
  EXPECT_TRUE(poll().error);
}

TEST_F(FetcherTest, ObeysRetryAfterOf429And503) {
  for (const int status : {429, 503}) {
    http.reply(status, {{"retry-after", "7200"}});
    poll();
    EXPECT_EQ(state.next_poll, clock.now() + 2h) << status;
    EXPECT_EQ(state.next_reason, "Retry-After 2h");
  }
}

TEST_F(FetcherTest, KeepsTheValidatorsOverAFailure) {
  http.reply(200, {{"etag", "\"1\""}}, "<rss/>");
  poll();
  http.fail({Errc::unavailable, "no route"});
  EXPECT_EQ(poll().error->message, "no route");
  EXPECT_EQ(state.failures, 1U);
  EXPECT_EQ(state.etag, "\"1\"");
  http.reply(304);
  poll();
  EXPECT_EQ(state.failures, 0U);
  EXPECT_EQ(state.last_error, "");
}

TEST_F(FetcherTest, EndsPollingAtA410) {
  http.reply(410);
  EXPECT_TRUE(poll().error);
  EXPECT_TRUE(state.gone);
}

TEST_F(FetcherTest, AsksTheConfiguredAddressAgainWhenALearnedOneIsGone) {
  state.permanent_url = "https://new.example/feed";
  http.reply(410);
  EXPECT_TRUE(poll().error);
  EXPECT_FALSE(state.gone);
  http.reply(410);
  poll();
  EXPECT_EQ(http.requests.back().url, feed.url);
  EXPECT_TRUE(state.gone);
}

TEST_F(FetcherTest, SendsNoConditionsAgainToAServerThatCannotStandThem) {
  for (const int status : {412, 431}) {
    state.etag = "\"1\"";
    state.last_modified = "Fri";
    http.reply(status);
    poll();
    EXPECT_EQ(state.etag + state.last_modified, "") << status;
  }
}

TEST_F(FetcherTest, KeepsNoValidatorThatIsTooLongToSend) {
  http.reply(200, {{"etag", std::string(5'000, 'x')}, {"last-modified", "Fri"}}, "<rss/>");
  poll();
  EXPECT_EQ(state.etag, "");
  EXPECT_EQ(state.last_modified, "Fri");
}

TEST_F(FetcherTest, FindsTheHubThatTheAnswerItselfNames) {
  http.reply(200, {{"link", "<https://hub.example/>; rel=hub, </feed>; rel=self"}}, "<rss/>");
  const auto polled = poll();
  EXPECT_EQ(polled.document->hub, "https://hub.example/");
  EXPECT_EQ(polled.document->topic, "https://news.example/feed");
}

TEST_F(FetcherTest, LearnsNoMoveToWhatIsNoFeed) {
  lesson.parsed = false;
  for (int i = 0; i < 9; ++i) {
    net::Response moved;
    moved.status = 200;
    moved.body = "<html>" + std::to_string(i);
    moved.redirects = {{301, "https://portal.example/"}};
    moved.final_url = "https://portal.example/";
    http.reply(moved);
    poll();
  }
  EXPECT_EQ(http.requests.back().url, feed.url);
  EXPECT_EQ(state.permanent_url, "");
}

TEST_F(FetcherTest, LearnsAPermanentMoveOnlyAfterItHeld) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(state.permanent_url, "");
    net::Response moved;
    moved.status = 200;
    moved.body = "<rss>" + std::to_string(i) + "</rss>";
    moved.redirects = {{301, "https://new.example/feed"}};
    moved.final_url = "https://new.example/feed";
    http.reply(moved);
    poll();
  }
  EXPECT_EQ(state.permanent_url, "https://new.example/feed");
  http.reply(304);
  poll();
  EXPECT_EQ(http.requests.back().url, "https://new.example/feed");
}

TEST_F(FetcherTest, ForgetsALearnedMoveThatFails) {
  state.permanent_url = "https://new.example/feed";
  for (int i = 0; i < 3; ++i) {
    http.reply(404);
    poll();
  }
  http.reply(200, {}, "<rss/>");
  poll();
  EXPECT_EQ(http.requests.back().url, feed.url);
}

TEST_F(FetcherTest, GivesALearnedAddressOnAnotherServerNothingThatIsSecret) {
  feed.username = "bot";
  feed.password = "pw";
  feed.bearer_token = "t0p";
  feed.headers = {{"X-Api-Key", "k3y"}};
  state.permanent_url = "https://other.example/feed";
  http.reply(200, {}, "<rss/>");
  poll();
  EXPECT_EQ(http.requests.back().url, "https://other.example/feed");
  EXPECT_EQ(http.requests.back().username, "");
  EXPECT_EQ(http.requests.back().password, "");
  EXPECT_EQ(sent("authorization"), "");
  EXPECT_EQ(sent("x-api-key"), "");
}

TEST_F(FetcherTest, KeepsCredentialsForALearnedAddressOnTheSameServer) {
  feed.username = "bot";
  feed.password = "pw";
  feed.headers = {{"X-Api-Key", "k3y"}};
  state.permanent_url = "https://NEWS.example:443/moved";
  http.reply(200, {}, "<rss/>");
  poll();
  EXPECT_EQ(http.requests.back().password, "pw");
  EXPECT_EQ(sent("x-api-key"), "k3y");
}

TEST_F(FetcherTest, DoesNotLearnATemporaryMove) {
  for (int i = 0; i < 9; ++i) {
    net::Response moved;
    moved.status = 200;
    moved.body = "<rss>" + std::to_string(i) + "</rss>";
    moved.redirects = {{301, "https://a.example/"}, {302, "https://b.example/"}};
    moved.final_url = "https://b.example/";
    http.reply(moved);
    poll();
  }
  EXPECT_EQ(state.permanent_url, "");
}

TEST_F(FetcherTest, IdentifiesItselfAndCarriesTheFeedsOwnCredentials) {
  feed.headers = {{"X-Team", "desk"}};
  feed.bearer_token = "t0ken";
  feed.username = "bot";
  http.reply(200, {}, "<rss/>");
  poll();
  EXPECT_EQ(sent("user-agent"), options.user_agent);
  EXPECT_EQ(sent("x-team"), "desk");
  EXPECT_EQ(sent("authorization"), "Bearer t0ken");
  EXPECT_EQ(http.requests.back().username, "bot");
}

TEST_F(FetcherTest, LearnsTheRhythmOfAFeed) {
  feed.interval.reset();
  http.reply(200, {}, "<rss/>");
  lesson.gap = 2h;
  poll();
  EXPECT_DOUBLE_EQ(state.gap_seconds, 7200);
  EXPECT_EQ(state.next_reason, "its rhythm, 1h");
}

TEST_F(FetcherTest, LearnsTheRhythmOfAFeedWithoutDatesFromWhenItsItemsCome) {
  feed.interval.reset();
  lesson.new_items = 20;
  http.reply(200, {}, "first");
  poll();
  EXPECT_DOUBLE_EQ(state.gap_seconds, 0) << "one poll is no rhythm";
  clock.advance(4h);
  lesson.new_items = 2;
  http.reply(200, {}, "second");
  poll();
  EXPECT_DOUBLE_EQ(state.gap_seconds, 7200);
}

TEST_F(FetcherTest, KeepsWhatADocumentAskedForOverAnswersWithoutOne) {
  lesson.wish.ttl = 6h;
  http.reply(200, {{"etag", "1"}}, "<rss/>");
  poll();
  EXPECT_EQ(state.next_poll - clock.now(), 6h);
  clock.advance(6h);
  http.reply(304);
  poll();
  EXPECT_EQ(state.next_poll - clock.now(), 6h) << state.next_reason;
}

TEST_F(FetcherTest, ReadsAFileWhereThatIsAllowed) {
  const auto path = ::testing::TempDir() + "a feed.xml";
  std::ofstream(path) << "<rss/>";
  feed.url = "file://" + ::testing::TempDir() + "a%20feed.xml";
  ASSERT_TRUE(poll().error) << "without leave";
  feed.allow_file = true;
  const auto first = poll();
  ASSERT_TRUE(first.document) << first.error->message;
  EXPECT_EQ(first.document->body, "<rss/>");
  const auto again = poll();
  EXPECT_FALSE(again.document) << "it did not change";
  EXPECT_FALSE(again.error);
  std::ofstream(path, std::ios::app) << "<!-- more -->";
  EXPECT_TRUE(poll().document);
  EXPECT_TRUE(http.requests.empty()) << "no server is asked";
}

TEST_F(FetcherTest, NeverFollowsALearnedMoveToAFile) {
  feed.allow_file = true;
  state.permanent_url = "file:///etc/hostname";
  EXPECT_EQ(poll().error->code, Errc::denied);
}

}  // namespace
}  // namespace tocsin::fetcher
