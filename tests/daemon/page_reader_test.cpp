// SPDX-License-Identifier: MIT
// Pages come from a real server on loopback, through the client, the fetcher and the extractor,
// into a real store; only time is not real.
#include "daemon/page_reader.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "net/curl_client.hpp"
#include "store/sqlite_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/run.hpp"

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::http_answer;
using ::testing::IsEmpty;

constexpr std::string_view kTeaser = "Talks about Iran go on.";
const std::string kArticle =
    "<html><body><article><p>Diplomats spoke about Iran and about the JCPOA until late at night, "
    "and nobody would say what came of it, not even those who had been there all day.</p><p>It "
    "rained, and the delegations left the building by a door at the back, one after another, "
    "without a word to the press that had waited in front of it.</p></article></body></html>";

std::string page_answer(const std::string& body = kArticle) {
  return http_answer(200, "Content-Type: text/html\r\n", body);
}

std::shared_ptr<const rules::RuleSet> two_watches() {
  rules::RuleSpec spec;
  for (const auto* word : {"Iran", "JCPOA"}) {
    rules::WatchSpec watch;
    watch.name = word;
    watch.any.push_back({word, {}, 0, false});
    spec.watches.push_back(std::move(watch));
  }
  return rules::RuleSet::compile(spec).rules;
}

notifier::DeliverySpec one_receiver() {
  notifier::DeliverySpec spec;
  spec.receivers.emplace_back();
  spec.receivers.back().name = "desk";
  spec.root.id = "root";
  spec.root.receiver = "desk";
  return spec;
}

class PageReaderTest : public ::testing::Test {
 protected:
  PageReaderTest() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    fetch.per_host_spacing = 0ms;
    fetch.allow_private = true;
  }
  void TearDown() override {
    reader.reset();
    poller.reset();
    store.reset();
    std::filesystem::remove_all(folder);
  }

  /// Starts as the program would, on what is stored.
  void start(PageReader::Limits limits = {}) {
    reader.reset();
    poller.reset();
    store.reset();
    outcomes.clear();
    store = std::move(*store::SqliteStore::open(folder, loop.get_executor()));
    delivery = std::make_unique<notifier::DeliveryService>(
        *store, clock, loop.get_executor(), one_receiver(), notifier::DeliveryService::Channels{});
    fetcher.set_options(fetch);
    poller = std::make_unique<Poller>(Poller::Parts{loop.get_executor(), fetcher, *store, *delivery,
                                                    subscriptions, clock, workers.get_executor()},
                                      Poller::Options{fetch, 6h, {}}, two_watches());
    reader = std::make_unique<PageReader>(
        PageReader::Parts{*poller, fetcher, *store, *delivery, clock, workers.get_executor()},
        two_watches(), limits);
    reader->on_ended = [this](PageOutcome outcome, const FoundItem* found) {
      outcomes.push_back(outcome);
      alerted = found == nullptr ? std::vector<EventWatch>{} : found->watches;
      update = found != nullptr && found->item.update;
      if (outcome == PageOutcome::retry) clock.advance(pause);
    };
    fetcher::FeedSpec feed;
    feed.name = "wire";
    feed.url = feed_url;
    FeedState state;
    state.next_poll = clock.now() + feed_due;
    store::PollCommit commit;
    commit.feed = feed.name;
    commit.state = state;
    ASSERT_TRUE(testing::run(loop, store->commit(std::move(commit))));
    feed.interval = 2000h;
    ASSERT_TRUE(poller->set_feeds({feed}, Poller::Start::as_stored));
    ASSERT_TRUE(reader->recall());
  }

  /// What a poll stores: an item with the teaser, whatever it matched, and the wish for its page.
  void store_item(const std::string& key, const std::string& url, std::vector<Match> matches = {}) {
    store::PollCommit commit;
    commit.feed = "wire";
    commit.state.next_poll = clock.now() + feed_due;
    store::ArchivedItem one;
    one.key = key;
    one.item.title = "Talks";
    one.item.content_text = kTeaser;
    one.found = clock.now();
    one.matches = std::move(matches);
    commit.items.push_back(std::move(one));
    store::PageWish wish;
    wish.feed = "wire";
    wish.key = key;
    wish.url = url;
    wish.wished = wish.due = clock.now();
    commit.pages.push_back(wish);
    ASSERT_TRUE(testing::run(loop, store->commit(std::move(commit))));
  }

  /// Lets the poller run until `done`, and stops it.
  void run_until(const std::function<bool()>& done) {
    bool ended = false;
    boost::asio::co_spawn(loop, poller->run(Poller::Mode::forever),
                          [&](const std::exception_ptr&) { ended = true; });
    loop.restart();
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!done() && std::chrono::steady_clock::now() < deadline) loop.run_one_for(1s);
    EXPECT_TRUE(done()) << "it takes too long";
    EXPECT_TRUE(testing::run(loop, poller->stop(10s)));
    loop.restart();
    while (!ended) loop.run_one();
  }
  void run_until_nothing_waits() {
    run_until([this] { return reader->waiting() == 0; });
  }

  std::string text_of(const std::string& key) {
    return store->archived_item("wire", key)->value().item.content_text;
  }
  static Match match_of(const std::string& watch) {
    return {watch, Severity::normal, {}, {{Field::body, 12, 16, "Iran", "Iran", ""}}};
  }
  std::vector<std::string> alerted_watches() const {
    std::vector<std::string> names;
    names.reserve(alerted.size());
    for (const auto& watch : alerted) names.push_back(watch.name);
    return names;
  }

  boost::asio::io_context loop{1};
  boost::asio::thread_pool workers{1};
  testing::ManualClock clock;
  net::CurlClient http{loop.get_executor()};
  fetcher::FetchOptions fetch;
  fetcher::Fetcher fetcher{http, clock, fetch};
  Subscriptions subscriptions{http, clock, loop.get_executor(), {}, "0123456789abcdef"};
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tocsin-pages-" + std::to_string(::getpid()));
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<notifier::DeliveryService> delivery;
  std::unique_ptr<Poller> poller;
  std::unique_ptr<PageReader> reader;
  std::string feed_url = "https://feed.example/";
  std::chrono::milliseconds feed_due{1000h};  // by default, not while the tests run
  std::vector<PageOutcome> outcomes;
  std::vector<EventWatch> alerted;      // by the last attempt
  bool update = false;                  // likewise
  std::chrono::milliseconds pause{1h};  // passes after an attempt that failed
};

TEST_F(PageReaderTest, AlertsWhatOnlyThePageMentionsOnce) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  store_item("k1", server.url("/1"), {match_of("Iran")});
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::read));
  EXPECT_THAT(alerted_watches(), ElementsAre("JCPOA")) << "Iran was alerted by the feed's text";
  EXPECT_TRUE(update);
  EXPECT_EQ(reader->counters().read, 1U);
  EXPECT_EQ(reader->counters().found_items, 1U);
  EXPECT_EQ(store->pending(0, 10)->size(), 1U);
  EXPECT_THAT(text_of("k1"), HasSubstr("JCPOA until late"));
  start();
  EXPECT_EQ(reader->waiting(), 0U);
}

TEST_F(PageReaderTest, AlertsAnItemThatItsFeedDidNotMatchAsANewOne) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  store_item("k1", server.url("/1"));
  start();
  run_until_nothing_waits();
  EXPECT_THAT(alerted_watches(), ElementsAre("Iran", "JCPOA"));
  EXPECT_FALSE(update);
}

TEST_F(PageReaderTest, AlertsNothingAgainWhereThePageMatchesWhatTheFeedDid) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  store_item("k1", server.url("/1"), {match_of("Iran"), match_of("JCPOA")});
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::read));
  EXPECT_THAT(alerted_watches(), IsEmpty());
  EXPECT_THAT(*store->pending(0, 10), IsEmpty());
}

TEST_F(PageReaderTest, AlertsNothingThatAnEditionMatchedWhichIsBeingStored) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  store_item("k1", server.url("/1"));
  start();
  // As a poll does that found an edition with JCPOA: its turn lasts until that is stored.
  auto taking = poller->news().take("wire");
  std::optional<Turns::Turn> turn(testing::run(loop, std::move(taking)));
  bool stored = false;
  run_until([&] {
    if (!stored && poller->news().waiting("wire") == 1) {
      stored = true;
      EXPECT_THAT(outcomes, IsEmpty());
      store::PollCommit edition;
      edition.feed = "wire";
      edition.state.next_poll = clock.now() + feed_due;
      store::ArchivedItem one;
      one.key = "k1";
      one.item.content_text = std::string(kTeaser) + " The JCPOA too.";
      one.found = clock.now();
      one.matches = {match_of("Iran"), match_of("JCPOA")};
      edition.items.push_back(std::move(one));
      boost::asio::co_spawn(loop, store->commit(std::move(edition)),
                            [&](const std::exception_ptr&, const Result<void>&) { turn.reset(); });
    }
    return reader->waiting() == 0;
  });
  EXPECT_TRUE(stored) << "the page did not wait for its turn";
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::read));
  EXPECT_THAT(alerted_watches(), IsEmpty());
}

TEST_F(PageReaderTest, TriesAgainAfterARestartWhatFailedBeforeIt) {
  std::atomic<bool> down = true;
  testing::RawServer server(
      [&](const std::string&) { return down ? http_answer(503, "", "not now") : page_answer(); });
  start();
  store_item("k1", server.url("/1"));
  start();
  pause = 0ms;
  run_until([this] { return !outcomes.empty(); });
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::retry));
  EXPECT_EQ(store->pages()->at(0).attempts, 1U);
  EXPECT_EQ(store->pages()->at(0).due, clock.now() + 1min);
  EXPECT_EQ(text_of("k1"), kTeaser);

  down = false;
  clock.advance(1min);
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::read));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(PageReaderTest, GivesAPageUpAfterFourAttemptsAndLeavesTheFeedsText) {
  testing::RawServer server([](const std::string&) { return http_answer(500, "", "broken"); });
  start();
  store_item("k1", server.url("/1"));
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::retry, PageOutcome::retry, PageOutcome::retry,
                                    PageOutcome::given_up));
  EXPECT_EQ(text_of("k1"), kTeaser);
  EXPECT_THAT(*store->pages(), IsEmpty());
}

TEST_F(PageReaderTest, WaitsAsLongAsTheServerAsksUnlessThatIsADay) {
  std::atomic<int> wait = 7'200;
  testing::RawServer server([&](const std::string&) {
    return http_answer(429, "Retry-After: " + std::to_string(wait) + "\r\n", "too many");
  });
  start();
  store_item("k1", server.url("/1"));
  start();
  pause = 0ms;
  run_until([this] { return !outcomes.empty(); });
  EXPECT_EQ(store->pages()->at(0).due, clock.now() + 2h);
  wait = 86'400;
  clock.advance(2h);
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::given_up));
}

TEST_F(PageReaderTest, GivesUpAtOnceWhatStaysAway) {
  for (const auto& answer : {http_answer(404, "", "gone"), http_answer(402, "", "pay"),
                             http_answer(200, "Content-Type: application/pdf\r\n", "%PDF-1.7")}) {
    testing::RawServer server([&](const std::string&) { return answer; });
    start();
    store_item("k1", server.url("/1"));
    start();
    run_until_nothing_waits();
    EXPECT_THAT(outcomes, ElementsAre(PageOutcome::given_up)) << answer;
    EXPECT_EQ(server.requests().size(), 1U);
  }
}

TEST_F(PageReaderTest, NeverAsksAPrivateAddress) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  fetch.allow_private = false;
  start();
  store_item("k1", server.url("/1"));
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::given_up));
  EXPECT_THAT(server.requests(), IsEmpty());
  EXPECT_EQ(text_of("k1"), kTeaser);
}

TEST_F(PageReaderTest, LeavesThePageAloneThatIsLargerThanAllowed) {
  testing::RawServer server(
      [](const std::string&) { return page_answer(kArticle + std::string(100'000, ' ')); });
  fetch.max_body = 10'000;
  start();
  store_item("k1", server.url("/1"));
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::given_up));
}

TEST_F(PageReaderTest, KeepsTheFeedsTextWhereThePageSaysNoMore) {
  testing::RawServer server([](const std::string&) { return page_answer("<p>JCPOA"); });
  start();
  store_item("k1", server.url("/1"));
  start();
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::no_more));
  EXPECT_EQ(text_of("k1"), kTeaser);
  EXPECT_THAT(*store->pages(), IsEmpty());
}

TEST_F(PageReaderTest, LetsAPollThatIsDueAtTheSameHostGoFirst) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  for (int i = 0; i < 3; ++i) store_item("k" + std::to_string(i), server.url("/page"));
  feed_url = server.url("/feed");
  feed_due = 1ms;
  start();
  clock.advance(1s);
  run_until_nothing_waits();
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 4U);
  EXPECT_THAT(requests[1], HasSubstr("GET /feed")) << "behind the page that was under way";
}

TEST_F(PageReaderTest, ForgetsPagesWhenTheyAreNoLongerWanted) {
  testing::RawServer server([](const std::string&) { return page_answer(); });
  start();
  store_item("k1", server.url("/1"));
  start();
  reader->configure(two_watches(), config::ArticleMode::never);
  run_until_nothing_waits();
  EXPECT_THAT(outcomes, ElementsAre(PageOutcome::given_up));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(PageReaderTest, AdmitsNoMorePagesThanMayWait) {
  start();
  for (int i = 0; i < 3; ++i) store_item("k" + std::to_string(i), "http://127.0.0.1:1/");
  start({.a_feed = 5, .in_all = 7});
  ASSERT_EQ(reader->waiting(), 3U);
  std::vector<store::PageWish> more(9);
  reader->admit("wire", more);
  EXPECT_EQ(more.size(), 2U) << "5 of a feed";
  more.resize(9);
  reader->admit("another", more);
  EXPECT_EQ(more.size(), 4U) << "7 in all";
}

}  // namespace
}  // namespace tocsin::daemon
