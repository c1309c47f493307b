// SPDX-License-Identifier: MIT
// The channels that stay on this machine, against the machine itself.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "notifier/atom_feed.hpp"
#include "notifier/event_json.hpp"
#include "tests/notifier/fakes.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;

/// A folder of its own for each test, removed at the end.
class LocalChannels : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pattern = (std::filesystem::temp_directory_path() / "tocsin-local-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  [[nodiscard]] std::string contents(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(path(name)).rdbuf();
    return out.str();
  }

  void open(const std::string& kind, std::vector<std::pair<std::string, std::string>> options,
            std::vector<std::string> arguments = {}) {
    ReceiverSpec receiver;
    receiver.name = "local";
    receiver.service = ServiceSpec{kind, std::move(options), std::move(arguments)};
    const auto opened = rig_.open(receiver);
    ASSERT_TRUE(opened) << opened.error().message;
  }

  fakes::Rig rig_;
  std::filesystem::path folder_;
};

TEST_F(LocalChannels, FileGetsOneLineAnAlert) {
  open("file", {{"path", path("alerts.jsonl")}});
  EXPECT_EQ(rig_.deliver(sample::event()).outcome, Outcome::delivered);
  EXPECT_EQ(rig_.deliver(sample::health()).outcome, Outcome::delivered);
  EXPECT_EQ(contents("alerts.jsonl"),
            to_json(sample::event(), "tocsin") + "\n" + to_json(sample::health(), "tocsin") + "\n");
}

TEST_F(LocalChannels, FileEndsALineThatACrashCutOff) {
  std::ofstream(path("alerts.jsonl")) << R"({"half":)";
  open("file", {{"path", path("alerts.jsonl")}});
  rig_.deliver(sample::health());
  EXPECT_EQ(contents("alerts.jsonl"), "{\"half\":\n" + to_json(sample::health(), "tocsin") + "\n");
}

TEST_F(LocalChannels, FileWaitsForAFolderThatIsMissing) {
  open("file", {{"path", path("no/such/folder.jsonl")}});
  const auto attempt = rig_.deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_TRUE(attempt.retry_after);
}

TEST_F(LocalChannels, AtomHoldsTheNewestFirstAndNoneTwice) {
  open("atom", {{"path", path("feed.atom")}, {"entries", "2"}, {"title", "A & B"}});
  auto first = sample::event();
  auto second = sample::event();
  auto third = sample::event();
  first.id = "one";
  second.id = "two";
  third.id = "three";
  for (const auto* event : {&first, &second, &second, &third})
    EXPECT_EQ(rig_.deliver(*event).outcome, Outcome::delivered);
  const auto feed = contents("feed.atom");
  EXPECT_EQ(feed.find("urn:tocsin:alert:one"), std::string::npos);
  EXPECT_LT(feed.find("urn:tocsin:alert:three"), feed.find("urn:tocsin:alert:two"));
  EXPECT_EQ(feed.find("urn:tocsin:alert:two"), feed.rfind("urn:tocsin:alert:two"));
  EXPECT_NE(feed.find("<title>A &amp; B</title>"), std::string::npos);
}

TEST(AtomFeed, EscapesWhatFeedsSay) {
  auto event = sample::event();
  event.items.front().title = "</entry>\n<entry>\n]]> \x01 \xEF\xBF\xBF";
  const auto feed = with_entry("", {"urn:x", "t", "", 10}, event);
  EXPECT_EQ(feed.find("<entry>\n"), feed.rfind("<entry>\n"));
  EXPECT_EQ(feed.find('\x01'), std::string::npos);
  EXPECT_EQ(feed.find("\xEF\xBF\xBF"), std::string::npos);
}

TEST_F(LocalChannels, ExecGivesTheEventToTheProgram) {
  open("exec", {}, {"sh", "-c", "cat > \"$0\"; echo $TOCSIN_SEVERITY >> \"$0\"", path("got")});
  EXPECT_EQ(rig_.deliver(sample::event()).outcome, Outcome::delivered);
  EXPECT_EQ(contents("got"), to_json(sample::event(), "tocsin") + "\nhigh\n");
}

TEST_F(LocalChannels, ExecHasNoShellOfItsOwn) {
  open("exec", {}, {"touch", path("a b; touch c")});
  EXPECT_EQ(rig_.deliver(sample::event()).outcome, Outcome::delivered);
  EXPECT_TRUE(std::filesystem::exists(path("a b; touch c")));
}

TEST_F(LocalChannels, ExecPassesNothingOfOurEnvironmentOn) {
  ::setenv("TOCSIN_TEST_SECRET", "s3cret", 1);
  open("exec", {}, {"sh", "-c", "env > \"$0\"", path("env")});
  rig_.deliver(sample::event());
  ::unsetenv("TOCSIN_TEST_SECRET");
  EXPECT_EQ(contents("env").find("s3cret"), std::string::npos);
  EXPECT_NE(contents("env").find("TOCSIN_EVENT_ID="), std::string::npos);
}

TEST_F(LocalChannels, ExecTellsFailuresApart) {
  const std::vector<std::pair<std::string, Outcome>> table = {{"exit 0", Outcome::delivered},
                                                              {"exit 1", Outcome::retry},
                                                              {"exit 100", Outcome::dead},
                                                              {"kill -9 $$", Outcome::retry}};
  for (const auto& [script, outcome] : table) {
    open("exec", {}, {"sh", "-c", script});
    EXPECT_EQ(rig_.deliver(sample::event()).outcome, outcome) << script;
  }
}

TEST_F(LocalChannels, ExecShowsWhatTheProgramSaid) {
  open("exec", {}, {"sh", "-c", "echo no route to desk >&2; exit 3"});
  EXPECT_EQ(rig_.deliver(sample::event()).detail, "exit 3: no route to desk");
}

TEST_F(LocalChannels, ExecIsNotHeldUpByAProgramThatTalksTooMuch) {
  open("exec", {}, {"sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x; exit 0"});
  EXPECT_EQ(rig_.deliver(sample::event()).outcome, Outcome::delivered);
}

TEST_F(LocalChannels, ExecKillsAProgramAndItsChildrenWhenTheTimeIsUp) {
  open("exec", {{"timeout", "100ms"}}, {"sh", "-c", "sleep 600 & sleep 600"});
  const auto begin = std::chrono::steady_clock::now();
  const auto attempt = rig_.deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_EQ(attempt.detail, "killed: it took too long");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{60});
}

TEST_F(LocalChannels, ExecSaysThatAProgramIsMissing) {
  open("exec", {}, {"/no/such/program"});
  const auto attempt = rig_.deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_EQ(attempt.detail, "/no/such/program: No such file or directory");
}

}  // namespace
}  // namespace tocsin::notifier
