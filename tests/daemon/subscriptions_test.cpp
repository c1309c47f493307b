// SPDX-License-Identifier: MIT
#include "daemon/subscriptions.hpp"

#include <exception>
#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_http.hpp"

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SubscriptionsTest : public ::testing::Test {
 protected:
  SubscriptionsTest() {
    options.websub_callback = "https://desk.example/hubs";
    options.user_agent = "tocsin-test";
    feed.name = "news";
    state.hub = "https://hub.example/";
    state.topic = "https://news.example/rss";
    subscriptions = std::make_unique<Subscriptions>(http, clock, loop.get_executor(), options,
                                                    "0123456789abcdef");
  }

  /// Lets `run` send what is due, and ends it.
  void send_what_is_due(std::size_t requests) {
    boost::asio::cancellation_signal stop;
    bool ended = false;
    boost::asio::co_spawn(loop, subscriptions->run(),
                          boost::asio::bind_cancellation_slot(
                              stop.slot(), [&](const std::exception_ptr&) { ended = true; }));
    loop.restart();
    while (http.requests.size() < requests) loop.run_one();
    stop.emit(boost::asio::cancellation_type::terminal);
    while (!ended) loop.run_one();
    EXPECT_TRUE(testing::run(loop, subscriptions->stop(10s)));
  }
  std::string field(const std::string& name) const {
    const auto& form = http.requests.back().body;
    const auto from = form.find(name + "=") + name.size() + 1;
    return form.substr(from, form.find('&', from) - from);
  }

  boost::asio::io_context loop{1};
  testing::ManualClock clock;
  testing::ScriptedHttp http;
  fetcher::FetchOptions options;
  fetcher::FeedSpec feed;
  FeedState state;
  std::unique_ptr<Subscriptions> subscriptions;
};

TEST_F(SubscriptionsTest, AskTheHubThatAFeedNamesAndBelieveItOnceItVerified) {
  http.reply(202);
  subscriptions->announce(feed, state);
  send_what_is_due(1);
  EXPECT_EQ(http.requests[0].url, "https://hub.example/");
  EXPECT_EQ(net::header(http.requests[0].headers, "user-agent"), "tocsin-test");
  EXPECT_FALSE(http.requests[0].allow_private);
  EXPECT_FALSE(subscriptions->is_pushed("news"));

  const auto callback = field("hub.callback");
  const auto path = subscriptions->path() + callback.substr(callback.rfind("%2F") + 3);
  const auto reply = subscriptions->handle(
      "GET", path + "?hub.mode=subscribe&hub.challenge=abc&hub.topic=" + field("hub.topic"), {},
      "");
  EXPECT_EQ(reply.body, "abc");
  EXPECT_TRUE(subscriptions->is_pushed("news"));

  clock.set(Timestamp{});  // the wall clock does not matter
  EXPECT_TRUE(subscriptions->is_pushed("news"));
  clock.advance(24h * 11);
  EXPECT_FALSE(subscriptions->is_pushed("news")) << "the lease is over";
  subscriptions->forget("news");
  EXPECT_EQ(subscriptions->handle("GET", path, {}, "").status, 404);
}

TEST_F(SubscriptionsTest, GoTheWayOfTheFeedItself) {
  feed.proxy = "socks5h://127.0.0.1:9050";
  feed.allow_private = true;
  http.reply(500);
  subscriptions->announce(feed, state);
  send_what_is_due(1);
  EXPECT_EQ(http.requests[0].proxy, "socks5h://127.0.0.1:9050");
  EXPECT_TRUE(http.requests[0].allow_private);
}

TEST_F(SubscriptionsTest, DoNothingWithoutACallbackAddress) {
  options.websub_callback.clear();
  Subscriptions none(http, clock, loop.get_executor(), options, "");
  none.announce(feed, state);
  EXPECT_EQ(none.path(), "");
  EXPECT_FALSE(none.is_pushed("news"));
}

TEST(SubscriptionKey, IsMadeOnceAndIsForTheOwnerAlone) {
  namespace fs = std::filesystem;
  const auto folder = fs::temp_directory_path() / ("tocsin-key-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto key = subscription_key(folder);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_THAT(*key, SizeIs(64));
  EXPECT_EQ(*subscription_key(folder), *key);
  EXPECT_EQ(fs::status(folder / "websub.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  fs::remove_all(folder);
  EXPECT_FALSE(subscription_key(folder));
}

}  // namespace
}  // namespace tocsin::daemon
