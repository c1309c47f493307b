// SPDX-License-Identifier: MIT
#include "daemon/poller.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include "store/sqlite_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_http.hpp"

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kFeed =
    "<rss version='2.0'><channel><title>t</title><item><title>one</title><guid>1</guid></item>"
    "</channel></rss>";

class PollerTest : public ::testing::Test {
 protected:
  PollerTest() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    store = std::move(*store::SqliteStore::open(folder, loop.get_executor()));
    delivery = std::make_unique<notifier::DeliveryService>(*store, clock, loop.get_executor(),
                                                           notifier::DeliverySpec{},
                                                           notifier::DeliveryService::Channels{});
    fetch.per_host_spacing = 0ms;
  }
  ~PollerTest() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<Poller> make_poller() {
    Poller::Parts parts{loop.get_executor(),   fetcher, *store, *delivery, subscriptions, clock,
                        workers.get_executor()};
    return std::make_unique<Poller>(std::move(parts), Poller::Options{fetch, 6h},
                                    rules::RuleSet::compile({}).rules);
  }
  static std::vector<fetcher::FeedSpec> feeds(std::size_t count) {
    std::vector<fetcher::FeedSpec> out(count);
    for (std::size_t i = 0; i < count; ++i) {
      out[i].name = "feed-" + std::to_string(i);
      out[i].url = "https://host-" + std::to_string(i) + ".example/feeds/news.xml";
    }
    return out;
  }
  static fetcher::FetchOptions hub_options() {
    fetcher::FetchOptions out;
    out.websub_callback = "https://desk.example/hubs";
    return out;
  }
  /// Lets `poller` run until `done`, and stops it.
  void run_until(Poller& poller, const std::function<bool()>& done) {
    bool ended = false;
    boost::asio::co_spawn(loop, poller.run(Poller::Mode::forever),
                          [&](const std::exception_ptr&) { ended = true; });
    loop.restart();
    while (!done()) loop.run_one();
    EXPECT_TRUE(testing::run(loop, poller.stop(10s)));
    loop.restart();
    while (!ended) loop.run_one();
  }
  /// Puts `state` of feed-0 into the store.
  void remember(const FeedState& state) {
    store::PollCommit commit;
    commit.feed = "feed-0";
    commit.state = state;
    ASSERT_TRUE(testing::run(loop, store->commit(std::move(commit))));
  }
  std::map<std::string, FeedState> stored() {
    std::map<std::string, FeedState> out;
    const auto rows = store->feed_states();
    for (const auto& [name, state] : *rows) out.emplace(name, state);
    return out;
  }
  /// Polls every feed once, as a start of the program would, and returns what then is stored before
  /// the poller is stopped.
  std::map<std::string, FeedState> poll_once(Poller& poller) {
    auto all = feeds(1);
    EXPECT_TRUE(poller.set_feeds(std::move(all), Poller::Start::at_once));
    auto life = [&]() -> boost::asio::awaitable<int> {
      co_await poller.run(Poller::Mode::once);
      co_return 0;
    };
    testing::run(loop, life());
    return stored();
  }

  boost::asio::io_context loop{1};
  boost::asio::thread_pool workers{1};
  testing::ManualClock clock;
  testing::ScriptedHttp http;
  fetcher::FetchOptions fetch;
  fetcher::Fetcher fetcher{http, clock, fetch};
  Subscriptions subscriptions{http, clock, loop.get_executor(), hub_options(), "0123456789abcdef"};
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tocsin-poller-" + std::to_string(::getpid()));
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<notifier::DeliveryService> delivery;
};

TEST_F(PollerTest, WritesAPollThatBroughtNothingOnlyWhenItStops) {
  http.reply(200, {{"etag", "\"1\""}}, std::string(kFeed));
  auto first = make_poller();
  const auto before = poll_once(*first).at("feed-0");
  EXPECT_EQ(before.etag, "\"1\"");
  testing::run(loop, first->stop(10s));

  clock.advance(1h);
  http.reply(304, {{"etag", "\"2\""}});
  auto second = make_poller();
  EXPECT_EQ(poll_once(*second).at("feed-0").last_poll, before.last_poll) << "nothing was written";
  EXPECT_EQ(second->counters().unchanged, 1U);
  EXPECT_TRUE(testing::run(loop, second->stop(10s)));
  const auto after = stored().at("feed-0");
  EXPECT_EQ(after.last_poll, clock.now());
  EXPECT_EQ(after.etag, "\"2\"");
  EXPECT_GT(after.next_poll, clock.now());
}

TEST_F(PollerTest, WritesAFailureAtOnce) {
  http.fail(Error{Errc::timeout, "too slow"});
  auto poller = make_poller();
  const auto after = poll_once(*poller).at("feed-0");
  EXPECT_EQ(after.failures, 1U);
  EXPECT_EQ(after.last_error, "too slow");
  testing::run(loop, poller->stop(10s));
}

TEST_F(PollerTest, NeverPollsEarlyAfterARestart) {
  FeedState waiting;
  waiting.next_poll = clock.now() + 20min;
  auto poller = make_poller();
  remember(waiting);
  EXPECT_TRUE(poller->set_feeds(feeds(1), Poller::Start::as_stored));
  run_until(*poller, [] { return true; });
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(PollerTest, PollsOnWhenTheWallClockWasSetBackByYears) {
  fetch.min_interval = fetch.default_interval = fetch.max_interval = 1s;
  fetcher.set_options(fetch);
  for (int i = 0; i < 3; ++i) http.reply(200, {}, std::string(kFeed));
  auto poller = make_poller();
  poller->on_stored = [&](const fetcher::FeedSpec&, const Intake&) {
    clock.set(clock.now() - 24h * 400);
    clock.advance(2s);
  };
  EXPECT_TRUE(poller->set_feeds(feeds(1), Poller::Start::as_stored));
  run_until(*poller, [&] {
    clock.advance(1ms);
    return http.requests.size() >= 2;
  });
  EXPECT_GE(http.requests.size(), 2U);
}

TEST_F(PollerTest, PollsByOptionsThatAReloadBrought) {
  http.reply(200, {}, std::string(kFeed));
  auto poller = make_poller();
  fetch.max_interval = fetch.default_interval = fetch.min_interval = 77min;
  fetcher.set_options(fetch);
  poller->set_options({fetch, 6h});
  const auto after = poll_once(*poller).at("feed-0");
  EXPECT_EQ(after.next_reason, "default 1h17m");
  testing::run(loop, poller->stop(10s));
}

TEST_F(PollerTest, ReadsWhatAHubPushedLikeWhatItPolled) {
  FeedState waiting;
  waiting.next_poll = clock.now() + 20min;
  waiting.last_success = clock.now();
  waiting.etag = "\"1\"";
  waiting.hub = "https://hub.example/";
  waiting.topic = "https://news.example/rss";
  auto poller = make_poller();
  remember(waiting);
  EXPECT_TRUE(poller->set_feeds(feeds(1), Poller::Start::as_stored));
  fetcher::Document document;
  document.body = kFeed;
  document.pushed = true;
  auto junk = document;
  junk.body = "<html>";
  poller->push("nobody", document);
  poller->push("feed-0", std::move(junk));
  poller->push("feed-0", std::move(document));
  run_until(*poller, [&] { return poller->counters().new_items == 1; });
  const auto after = stored().at("feed-0");
  EXPECT_EQ(after.etag, "\"1\"") << "the whole feed was not polled";
  EXPECT_EQ(after.hub, "https://hub.example/");
  EXPECT_EQ(after.failures, 0U);
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(PollerTest, KeepsAFeedAtRestInLessThan1200Bytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers bring an allocator of their own";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "sanitizers bring an allocator of their own";
#endif
#endif
  constexpr std::size_t kFeeds = 5'000;
  for (const auto& feed : feeds(kFeeds)) {
    store::PollCommit commit;
    commit.feed = feed.name;
    commit.state.etag = "\"0123456789abcdef0123456789abcdef\"";
    commit.state.last_modified = "Tue, 24 Nov 2026 00:00:00 GMT";
    commit.state.next_reason = "Cache-Control max-age 1h";
    commit.state.next_poll = clock.now() + 1h;
    boost::asio::co_spawn(loop, store->commit(std::move(commit)), boost::asio::detached);
  }
  loop.restart();
  loop.run();
  const auto held = ::mallinfo2().uordblks;
  auto poller = make_poller();
  EXPECT_TRUE(poller->set_feeds(feeds(kFeeds), Poller::Start::as_stored));
  const auto grown = ::mallinfo2().uordblks - held;
  EXPECT_LT(grown / kFeeds, 1'200U);
  testing::run(loop, poller->stop(10s));
}

}  // namespace
}  // namespace tocsin::daemon
