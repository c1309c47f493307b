// SPDX-License-Identifier: MIT
// What a daemon keeps and what it lets go, over months that pass on a clock that is moved.
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "config/config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/pruning.hpp"
#include "store/admin.hpp"
#include "tests/support/manual_clock.hpp"

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr auto kDay = 24h;
const std::string kStory =
    "The council of Ashford voted on Tuesday to keep the old Stour bridge open for another year, "
    "after a long debate in which the mayor, Ann Smith, said that closing it costs 3 million.";

class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    publish("wire", "");
    publish("desk", "");
  }
  ~RetentionTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  static std::string item(const std::string& id, const std::string& title,
                          const std::string& text = "Nothing more.") {
    return "<item><guid>" + id + "</guid><title>" + title + "</title><description>" + text +
           "</description></item>";
  }
  void publish(const std::string& feed, const std::string& items) {
    std::ofstream(folder / (feed + ".xml"))
        << R"(<rss version="2.0"><channel><title>x</title>)" << items << "</channel></rss>";
  }

  Settings settings() const {
    const auto address = [&](const std::string& feed) {
      return "{name: " + feed + ", url: \"file://" + (folder / (feed + ".xml")).native() +
             "\", allow_file: true}";
    };
    const auto loaded = config::parse(
        "feeds: [" + address("wire") + ", " + address("desk") +
            "]\n"
            "fetch: {first_fetch: all, articles: never, per_host: {concurrency: 9, spacing: 0s}}\n"
            "watches: [{name: bridges, any: [bridge]}]\n"
            "dedup: {window: 40d}\n"
            "receivers: [{name: page, print: true}]\n"
            "route: {receiver: page, group_by: [story], wait: 2h}\n"
            "storage: {path: " +
            (folder / "state").native() + ", keep_items: 10d, keep_matches: 20d}\n",
        folder / "tocsin.yaml");
    EXPECT_TRUE(loaded.ok()) << (loaded.diagnostics.empty()
                                     ? ""
                                     : config::render(loaded.diagnostics.front()));
    Settings out;
    out.config = loaded.config;
    out.rules = rules::RuleSet::compile(loaded.config.rules).rules;
    return out;
  }

  DaemonOptions options() {
    DaemonOptions out;
    out.handle_signals = false;
    out.print = [this](std::string_view line) { printed += std::string(line) + "\n"; };
    out.on_stored = [this](const fetcher::FeedSpec&, const Intake& intake) {
      for (const auto& found : intake.found) stories[found.item.title] = found.item.story;
    };
    return out;
  }

  /// One run as by `tocsin run --once`.
  void run_once() {
    auto how = options();
    how.once = true;
    auto made = Daemon::create(settings(), std::move(how), clock);
    ASSERT_TRUE(made) << made.error().message;
    ASSERT_TRUE((*made)->run());
  }

  std::vector<std::string> kept() {
    auto admin = store::Admin::open(folder / "state");
    EXPECT_TRUE(admin);
    store::ArchiveQuery query;
    std::vector<std::string> out;
    const auto items = admin->archived(query);
    for (const auto& one : *items) out.push_back(one.item.title);
    return out;
  }

  testing::ManualClock clock;
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tocsin-retention-" + std::to_string(::getpid()));
  std::string printed;
  std::map<std::string, std::string> stories;  // of what was found, by title
};

TEST_F(RetentionTest, LetsOldArticlesGoAndKeepsRecentOnesAlertsAndStories) {
  publish("wire", item("1", "Old rain") + item("2", "Old bridge"));
  run_once();
  clock.advance(30 * kDay);
  publish("wire", item("3", "Rain") + item("4", "The bridge stays", kStory));
  run_once();
  EXPECT_THAT(kept(), UnorderedElementsAre("Old bridge", "Rain", "The bridge stays"))
      << "what matched is kept for the dedup window, which is longer than keep_matches";
  EXPECT_THAT(printed, HasSubstr("Old [bridge]")) << "its wait was over";
  EXPECT_THAT(printed, Not(HasSubstr("The [bridge] stays")));

  clock.advance(15 * kDay);
  publish("desk", item("5", "A bridge is kept", kStory));
  run_once();
  EXPECT_THAT(kept(), UnorderedElementsAre("The bridge stays", "A bridge is kept"));
  EXPECT_THAT(printed, HasSubstr("The [bridge] stays")) << "an alert that waits is never pruned";
  EXPECT_FALSE(stories["The bridge stays"].empty());
  EXPECT_EQ(stories["A bridge is kept"], stories["The bridge stays"]);
}

TEST_F(RetentionTest, BeginsWhenTheDaemonStartsAndDoesNotHoldUpItsEnd) {
  publish("wire", item("1", "Old rain"));
  run_once();
  EXPECT_THAT(kept(), SizeIs(1));
  clock.advance(30 * kDay);
  auto made = Daemon::create(settings(), options(), clock);
  ASSERT_TRUE(made);
  auto& daemon = **made;
  // The first step of pruning is the first thing that the loop does; the feeds are not due.
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  std::function<void()> look = [&] {
    if (kept().empty() || std::chrono::steady_clock::now() > deadline) return daemon.request_stop();
    boost::asio::post(daemon.executor(), look);
  };
  publish("wire", "");
  boost::asio::post(daemon.executor(), look);
  ASSERT_TRUE(daemon.run());
  EXPECT_THAT(kept(), IsEmpty());
}

TEST(Retention, KeepsWhatTellsRepeatsForTheDedupWindow) {
  config::Config config;
  config.storage.keep_items = 5 * kDay;
  config.storage.keep_matches = 6 * kDay;
  config.delivery.dedup.window = 40 * kDay;
  EXPECT_EQ(retention_of(config).items, 5 * kDay);
  EXPECT_EQ(retention_of(config).matches, 40 * kDay);
  EXPECT_EQ(retention_of(config).delivered, 40 * kDay);
  config.delivery.dedup.window = 3 * kDay;
  EXPECT_EQ(retention_of(config).matches, 6 * kDay);
  EXPECT_EQ(retention_of(config).delivered, 30 * kDay);
}

}  // namespace
}  // namespace tocsin::daemon
