// SPDX-License-Identifier: MIT
// What servers do wrong, and what comes of it: every answer goes over a real connection, through
// the client, the fetcher and the parser, after a first poll of the same feed that went well.
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "daemon/intake.hpp"
#include "fetcher/fetcher.hpp"
#include "net/curl_client.hpp"
#include "tests/daemon/hostile_answers.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/run.hpp"

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;
using testing::http_answer;

class HostileFeed : public ::testing::TestWithParam<Fault> {
 protected:
  HostileFeed() {
    feed->name = "feed";
    feed->url = server.url("/feed");
    options.allow_private = true;
    options.max_body = kLargestBody;
    options.timeout = 5s;
  }

  /// One poll, as the daemon makes it.
  std::string poll() {
    auto polled = testing::run(loop, fetcher.poll(feed, state));
    if (!polled.document) {
      state = polled.state;
      return polled.error ? std::string(to_string(polled.error->code)) : "unchanged";
    }
    IntakeInput input;
    input.document = std::move(*polled.document);
    input.feed = *feed;
    input.rules = rules::RuleSet::compile({}).rules;
    input.now = clock.now();
    const auto intake = take_in(input);
    state = fetcher.settle(*feed, polled.state, intake.lesson);
    return intake.lesson.parsed ? std::to_string(intake.items) + " items" : "malformed";
  }

  std::string answer = http_answer(200, "ETag: \"old\"\r\n", feed_of(3));
  testing::RawServer server{[this](const std::string&) { return answer; }};
  boost::asio::io_context loop{1};
  testing::ManualClock clock;
  net::CurlClient http{loop.get_executor()};
  fetcher::FetchOptions options;
  std::shared_ptr<fetcher::FeedSpec> feed = std::make_shared<fetcher::FeedSpec>();
  FeedState state;
  fetcher::Fetcher fetcher{http, clock, options};
};

TEST_P(HostileFeed, IsDealtWithAsItShouldBe) {
  fetcher.set_options(options);
  ASSERT_EQ(poll(), "3 items");
  const auto before = state;
  clock.advance(1h);
  answer = GetParam().answer;
  EXPECT_EQ(poll(), GetParam().outcome);
  EXPECT_EQ(state.etag, GetParam().etag);
  EXPECT_GT(state.next_poll, clock.now()) << "never at once again";
  const bool read = GetParam().outcome.ends_with("items") || GetParam().outcome == "unchanged";
  EXPECT_EQ(state.failures, read ? 0U : 1U);
  EXPECT_EQ(state.last_error.empty(), read) << state.last_error;
  EXPECT_EQ(state.last_success, read ? clock.now() : before.last_success);
  EXPECT_EQ(state.gone, GetParam().name == "status 410");
}

INSTANTIATE_TEST_SUITE_P(Messages, HostileFeed, ::testing::ValuesIn(broken_messages()));
INSTANTIATE_TEST_SUITE_P(Codings, HostileFeed, ::testing::ValuesIn(codings()));
INSTANTIATE_TEST_SUITE_P(Statuses, HostileFeed, ::testing::ValuesIn(statuses()));
INSTANTIATE_TEST_SUITE_P(OddHeads, HostileFeed, ::testing::ValuesIn(odd_heads()));
INSTANTIATE_TEST_SUITE_P(OddBodies, HostileFeed, ::testing::ValuesIn(odd_bodies()));
INSTANTIATE_TEST_SUITE_P(Bodies, HostileFeed, ::testing::ValuesIn(bodies()));

}  // namespace
}  // namespace tocsin::daemon
