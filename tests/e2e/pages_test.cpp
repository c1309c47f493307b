// SPDX-License-Identifier: MIT
// The full text of linked pages, on the real program: what only a page mentions is alerted once,
// through kills too.
#include <csignal>
#include <set>
#include <string>

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.hpp"

namespace tocsin::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

using Names = std::set<std::string>;

constexpr std::string_view kPage =
    "<html lang=en><title>Talks</title><body><nav><a href=/>Home</a></nav><article><h1>Talks</h1>"
    "<p>Diplomats spoke about Iran and about the JCPOA until late at night, and nobody would say "
    "what came of it, not even those who had been there all day.</p><p>It rained, and the "
    "delegations left the building by a door at the back, one after another, without a word to the "
    "press that had waited in front of it.</p></article></body></html>";

class Pages : public ::testing::Test {
 protected:
  std::vector<std::string> command(bool once = false) {
    const auto file = folder.write("tocsin.yaml", R"(fetch:
  interval: {min: 1s, default: 1s, max: 1s}
  per_host: {concurrency: 2, spacing: 0s}
feeds:
  - {name: wire, url: ")" + world.feed_url() + R"(", allow_private: true}
watches:
  - {name: Iran, any: [Iran]}
  - {name: JCPOA, any: [JCPOA]}
receivers:
  - {name: hook, webhook: {url: ")" + world.hook_url() +
                                                      R"(", secret_file: ")" + world.secret_file() +
                                                      R"("}}
storage: {path: ")" + (folder.path() / "state").string() +
                                                      "\"}\n");
    std::vector<std::string> words = {tocsin_binary(), "run", "--config", file, "--log", "debug"};
    if (once) words.emplace_back("--once");
    return words;
  }
  /// What a command says of the daemon's storage.
  std::string told_by(std::vector<std::string> words) const {
    words.insert(words.begin(), tocsin_binary());
    words.insert(words.end(), {"--config", (folder.path() / "tocsin.yaml").string()});
    return run_program(words, folder.path()).out;
  }
  std::string log_file() const { return (folder.path() / "daemon.err").string(); }

  /// A feed with an old item, and with a new one that links to `page` once there is one.
  void serve(const std::string& page, const std::string& text = "Talks about Iran go on.") {
    std::string items = "<item><title>Ferry</title><guid>urn:x:1</guid></item>";
    if (!page.empty())
      items = "<item><title>Talks</title><guid>urn:x:2</guid><link>" + page +
              "</link><description>" + text + "</description></item>" + items;
    world.serve("<rss version=\"2.0\"><channel><title>Wire</title>" + items + "</channel></rss>");
  }

  /// Waits until the daemon has polled and been answered with `status`.
  void await_poll(int status) {
    for (;;) {
      const auto poll = world.next("poll");
      ASSERT_TRUE(poll) << "the daemon does not poll";
      if (poll->at("status").as_int64() == status) return;
    }
  }
  /// The watches of the next alert, which is an update or not; none when there is no alert.
  Names next_alert(bool update) {
    const auto hook = world.next("hook");
    if (!hook) return {};
    const auto& data = hook->at("event").at("data").as_object();
    const auto* is_update = data.at("items").at(0).as_object().if_contains("update");
    EXPECT_EQ(is_update != nullptr && is_update->as_bool(), update);
    Names names;
    for (const auto& watch : data.at("watches").as_array())
      names.emplace(watch.at("name").as_string());
    return names;
  }
  void expect_no_more_alerts() {
    await_poll(304);
    await_poll(304);
    EXPECT_EQ(world.left("hook"), 0U);
  }
  static void stop(Process& daemon) {
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(seconds{10}), 0);
  }

  ScratchFolder folder;
  World world{folder};
};

TEST_F(Pages, AlertTheFeedsTextAtOnceAndWhatOnlyTheyMentionOnce) {
  world.serve_page(kPage);
  world.hold_pages(true);
  serve("");
  Process daemon(command(), log_file());
  await_poll(200);
  serve(world.page_url("1"));
  EXPECT_EQ(next_alert(false), Names{"Iran"}) << "while the page is not there yet";
  world.hold_pages(false);
  EXPECT_EQ(next_alert(true), Names{"JCPOA"});
  expect_no_more_alerts();
  const auto page = world.next("page");
  ASSERT_TRUE(page);
  EXPECT_EQ(world.left("page"), 0U);
  stop(daemon);
  EXPECT_THAT(told_by({"search", "delegations"}), HasSubstr("Talks"));
}

TEST_F(Pages, AlertAsAFirstMentionWhatTheFeedsTextDoesNotMention) {
  world.serve_page(kPage);
  serve("");
  Process daemon(command(), log_file());
  await_poll(200);
  serve(world.page_url("1"), "They go on.");
  EXPECT_EQ(next_alert(false), (Names{"Iran", "JCPOA"}));
  expect_no_more_alerts();
  stop(daemon);
}

TEST_F(Pages, AreFetchedAfterAKillBetweenTheirItemAndThem) {
  world.serve_page(kPage);
  world.hold_pages(true);
  serve("");
  {
    Process first(command(), log_file());
    await_poll(200);
    serve(world.page_url("1"), "They go on.");
    ASSERT_TRUE(world.next("page"));
    first.signal(SIGKILL);
    ASSERT_EQ(first.wait(seconds{10}), -SIGKILL);
  }
  EXPECT_THAT(told_by({"feeds", "--json"}), HasSubstr("\"pages_waiting\":1"));
  world.hold_pages(false);
  Process second(command(), log_file());
  EXPECT_EQ(next_alert(false), (Names{"Iran", "JCPOA"}));
  expect_no_more_alerts();
  stop(second);
}

TEST_F(Pages, AreRefusedAtAPrivateAddressThatIsNotTheFeedsOwn) {
  world.serve_page(kPage);
  serve("");
  Process daemon(command(), log_file());
  await_poll(200);
  serve(world.page_url("1", "localhost"));
  EXPECT_EQ(next_alert(false), Names{"Iran"});
  expect_no_more_alerts();
  stop(daemon);
  EXPECT_EQ(world.left("page"), 0U);
  EXPECT_THAT(folder.read("daemon.err"), HasSubstr("page given up"));
}

TEST_F(Pages, AreReadBeforeARunThatPollsOnceEnds) {
  world.serve_page(kPage);
  serve("");
  ASSERT_EQ(run_program(command(true), folder.path()).status, 0);
  serve(world.page_url("1"));
  const auto second = run_program(command(true), folder.path());
  ASSERT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(next_alert(false), Names{"Iran"});
  EXPECT_EQ(next_alert(true), Names{"JCPOA"});
  EXPECT_EQ(world.left("hook"), 0U);
}

TEST_F(Pages, OfAFeedsFirstItemsAreNotAskedFor) {
  world.serve_page(kPage);
  serve(world.page_url("1"));
  Process daemon(command(), log_file());
  await_poll(200);
  expect_no_more_alerts();
  EXPECT_EQ(world.left("page"), 0U);
  stop(daemon);
}

}  // namespace
}  // namespace tocsin::testing
