// SPDX-License-Identifier: MIT
// The promise of docs/delivery.md against the real program: it is killed again and again while
// items come in and receivers fail at random, and every item still arrives, under one id.

#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>

#include <boost/json/array.hpp>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "tests/e2e/world.hpp"

namespace tocsin::testing {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// What the receivers saw of one item: under which ids it was sent, and whether it was taken.
struct Seen {
  std::set<std::string> ids;
  int taken = 0;
};

/// Everything that two receivers saw, by receiver and item.
class Ledger {
 public:
  void enter(const json::object& event) {
    const auto kind = event.at("kind").as_string();
    if (kind == "hook") enter_hook(event);
    if (kind == "mail") enter_mail(event);
  }

  [[nodiscard]] bool complete(std::int64_t items) const {
    return taken("hook") == items && taken("mail") == items;
  }

  [[nodiscard]] std::int64_t taken(const std::string& receiver) const {
    std::int64_t count = 0;
    for (const auto& [key, seen] : seen_)
      if (key.first == receiver && seen.taken > 0) ++count;
    return count;
  }

  void expect_one_id_each() const {
    for (const auto& [key, seen] : seen_)
      EXPECT_EQ(seen.ids.size(), 1U) << key.first << " got " << key.second << " under several ids";
  }

  /// Copies beyond the first: a receiver drops them by their id.
  [[nodiscard]] int copies() const {
    int count = 0;
    for (const auto& [key, seen] : seen_) count += seen.taken > 1 ? seen.taken - 1 : 0;
    return count;
  }

 private:
  void enter_hook(const json::object& hook) {
    EXPECT_TRUE(hook.at("signature_ok").as_bool());
    for (const auto& item : hook.at("event").at("data").at("items").as_array())
      enter("hook", std::string(item.at("url").as_string()), std::string(hook.at("id").as_string()),
            hook.at("status") == 204);
  }

  void enter_mail(const json::object& mail) {
    static const re2::RE2 kLink("(https?://[^ ]+/(?:flow|page)/[a-z]-[0-9]+)");
    const std::string text(mail.at("plain").as_string());
    const std::string id(mail.at("headers").at("Message-ID").as_string());
    std::set<std::string> links;
    re2::StringPiece rest(text);
    for (std::string link; re2::RE2::FindAndConsume(&rest, kLink, &link);) links.insert(link);
    for (const auto& item : links) enter("mail", item, id, mail.at("status") == 250);
  }

  void enter(const std::string& receiver, const std::string& item, const std::string& id,
             bool taken) {
    auto& seen = seen_[{receiver, item}];
    seen.ids.insert(id);
    if (taken) ++seen.taken;
  }

  std::map<std::pair<std::string, std::string>, Seen> seen_;
};

class Kills : public ::testing::Test {
 protected:
  std::vector<std::string> command() {
    std::string feeds;
    for (const auto* name : {"a", "b", "c", "d", "e", "f"})
      feeds += "  - {name: " + std::string(name) + ", url: \"" + world.flow_url(name) + "\"}\n";
    return {tocsin_binary(), "run", "--config", folder.write("tocsin.yaml", R"(global:
  smtp: {host: ")" + world.smtp_address() + R"(", tls: none, from: tocsin@example.org}
fetch:
  interval: {min: 1s, default: 1s, max: 1s}
  per_host: {concurrency: 2, spacing: 0s}
  first_fetch: all
  allow_private: true
  articles: )" + articles + R"(
watches:
  - {name: JCPOA, any: [JCPOA]}
receivers:
  - name: desk
    email: {to: [desk@example.org], retry: {base: 100ms, max_interval: 500ms}}
  - name: hook
    webhook:
      url: ")" + world.hook_url() + R"("
      secret_file: ")" + world.secret_file() + R"("
      retry: {base: 100ms, max_interval: 500ms}
storage: {path: ")" + (folder.path() / "state").string() + "\"}\nfeeds:\n" + feeds)};
  }

  std::string log_file() const { return (folder.path() / "daemon.err").string(); }

  /// One life of the daemon: killed after a random number of things that it did, or a moment
  /// later.
  void live_and_die() {
    Process daemon(command(), log_file());
    for (auto left = std::uniform_int_distribution<int>(1, 12)(random); left > 0; --left) {
      const auto event = world.next_of_any(seconds{30});
      ASSERT_TRUE(event) << "the daemon does nothing; its log: " << log_file();
      ledger.enter(*event);
    }
    const milliseconds moment{std::uniform_int_distribution<int>(0, 30)(random)};
    if (const auto event = world.next_of_any(moment)) ledger.enter(*event);
    daemon.signal(SIGKILL);
    ASSERT_EQ(daemon.wait(seconds{10}), -SIGKILL) << "it ended by itself";
  }

  /// Nothing fails any more: how many items there were, once they all arrived.
  std::int64_t recover() {
    world.flow(0, 0);
    world.count();
    Process daemon(command(), log_file());
    std::int64_t items = -1;
    while (items < 0 || !ledger.complete(items)) {
      const auto event = world.next_of_any(seconds{60});
      if (!event) break;
      if (event->at("kind") == "flow") items = event->at("items").as_int64();
      ledger.enter(*event);
      // Polls come each second, so silence is not what tells that nothing more will come.
      if (event->at("kind") == "poll" && ++polls_since > 300) break;
      if (event->at("kind") != "poll") polls_since = 0;
    }
    EXPECT_TRUE(world.next("poll"));  // it is up, also where nothing was left to do
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(seconds{10}), 0);
    return items;
  }

  std::string articles = "never";
  ScratchFolder folder;
  World world{folder};
  Ledger ledger;
  std::mt19937 random{std::random_device{}()};
  int polls_since = 0;
};

/// How often the daemon is killed; fewer under a sanitizer, where everything takes long.
int kills() {
  const char* given = std::getenv("TOCSIN_KILLS");
  return given == nullptr ? 200 : std::atoi(given);
}

TEST_F(Kills, LoseNothingAndSendEachItemUnderOneIdWhileReceiversFailAtRandom) {
  world.flow(2, 0.3);
  for (int i = 0; i < kills() && !HasFatalFailure(); ++i) live_and_die();
  const auto items = recover();
  ASSERT_GT(items, 0);
  EXPECT_EQ(ledger.taken("hook"), items);
  EXPECT_EQ(ledger.taken("mail"), items);
  ledger.expect_one_id_each();
  std::cout << kills() << " kills, " << items << " items, " << ledger.copies()
            << " copies that their ids show\n";
}

constexpr std::string_view kPage =
    "<article><p>Diplomats spoke about the JCPOA until late at night, and nobody would say what "
    "came of it, not even those who had been there all day.</p><p>It rained, and the delegations "
    "left the building by a door at the back, one after another.</p></article>";

TEST_F(Kills, LoseNothingOfWhatOnlyPagesMention) {
  articles = "when_short";
  world.serve_page(kPage);
  world.teasers_only();
  world.flow(2, 0.3);
  for (int i = 0; i < kills() / 2 && !HasFatalFailure(); ++i) live_and_die();
  const auto items = recover();
  ASSERT_GT(items, 0);
  EXPECT_EQ(ledger.taken("hook"), items);
  EXPECT_EQ(ledger.taken("mail"), items);
  ledger.expect_one_id_each();
}

}  // namespace
}  // namespace tocsin::testing
