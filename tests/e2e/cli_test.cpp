// SPDX-License-Identifier: MIT
// The command line as a person meets it, mistakes included.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class CommandLine : public ::testing::Test {
 protected:
  Finished tocsin(std::vector<std::string> words) {
    words.insert(words.begin(), tocsin_binary());
    return run_program(std::move(words), folder.path());
  }
  /// The commands that the overview lists.
  std::vector<std::string> command_names() {
    const auto overview = tocsin({"--help"}).out;
    std::vector<std::string> names;
    for (auto at = overview.find("\n  ", overview.find("Commands:")); at != std::string::npos;
         at = overview.find("\n  ", at + 1))
      names.push_back(overview.substr(at + 3, overview.find(' ', at + 3) - at - 3));
    return names;
  }
  ScratchFolder folder;
};

TEST_F(CommandLine, ListsItsCommandsOnRequest) {
  const auto help = tocsin({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const auto* command : {"run", "demo", "check", "parse", "match"})
    EXPECT_THAT(help.out, HasSubstr(std::string("\n  ") + command + " "));
  EXPECT_THAT(help.err, IsEmpty());
}

TEST_F(CommandLine, ShowsHelpOnStandardErrorWhenNothingIsAsked) {
  const auto bare = tocsin({});
  EXPECT_EQ(bare.status, 2);
  EXPECT_THAT(bare.out, IsEmpty());
  EXPECT_THAT(bare.err, HasSubstr("tocsin demo"));
}

TEST_F(CommandLine, GuessesAMistypedCommand) {
  const auto typo = tocsin({"chekc", "x.yaml"});
  EXPECT_EQ(typo.status, 2);
  EXPECT_THAT(typo.err, HasSubstr("did you mean 'check'?"));
}

TEST_F(CommandLine, GuessesAMistypedOption) {
  const auto typo = tocsin({"run", "--confg", "x.yaml"});
  EXPECT_EQ(typo.status, 2);
  EXPECT_THAT(typo.err, HasSubstr("did you mean --config?"));
}

TEST_F(CommandLine, SaysWhatIsMissing) {
  EXPECT_THAT(tocsin({"run"}).err, HasSubstr("--config FILE is missing"));
  EXPECT_THAT(tocsin({"run", "--config"}).err, HasSubstr("--config needs a value"));
}

TEST_F(CommandLine, FindsNoFaultWithAReceiverOfWhichAnOptionsRequestProvesNothing) {
  const RawServer server([](const std::string&) { return http_answer(404, "", "no such method"); });
  const auto feed = folder.write("feed.xml",
                                 "<rss version=\"2.0\"><channel><title>x</title>"
                                 "<item><title>y</title></item></channel></rss>");
  const auto file = folder.write(
      "tocsin.yaml", "feeds: [{name: a, url: \"file://" + feed +
                         "\", allow_file: true}]\nwatches: [{name: w, any: [word]}]\nreceivers:\n"
                         "  - {name: hook, webhook: {url: \"" +
                         server.url("/in") + "\", allow_private: true}}\n");
  const auto checked = tocsin({"check", file, "--network"});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("note: receiver hook: HTTP 404 to OPTIONS"));
}

TEST_F(CommandLine, CountsLinesThatCannotBeReadInsteadOfTellingThousands) {
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += "\x7f not JSON\n";
  const auto items = folder.write("items.jsonl", lines + "{\"id\":\"1\",\"title\":\"word\"}\n");
  const auto file = folder.write("tocsin.yaml", "watches: [{name: w, any: [word]}]\n");
  for (const auto& finished :
       {tocsin({"match", "--config", file, items}), tocsin({"group", items})}) {
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.out, HasSubstr("\"id\":\"1\""));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 22) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr("500 lines cannot be read"));
  }
}

TEST_F(CommandLine, SaysThatAFolderIsNoFile) {
  const auto path = folder.path().string();
  const auto file = folder.write("tocsin.yaml", "watches: [{name: w, any: [word]}]\n");
  for (const auto& words : std::vector<std::vector<std::string>>{{"match", "--config", file, path},
                                                                 {"group", path},
                                                                 {"parse", path},
                                                                 {"extract", path}}) {
    const auto finished = tocsin(words);
    EXPECT_EQ(finished.status, 2) << words.front();
    EXPECT_THAT(finished.err, HasSubstr("this is a folder")) << words.front();
  }
  const auto checked = tocsin({"check", path});
  EXPECT_EQ(checked.status, 2);
  EXPECT_THAT(checked.err, HasSubstr("= name the file in this folder"));
}

TEST_F(CommandLine, SaysWhatIsWrongWithASubscriptionList) {
  const auto missing = tocsin({"opml", "import", "none.opml"});
  EXPECT_EQ(missing.status, 2);
  EXPECT_EQ(missing.err, "tocsin opml: none.opml: No such file or directory\n");
  const auto page = folder.write("page.html", "<html><body>hello</body></html>");
  const auto wrong = tocsin({"opml", "import", page});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.err,
              StartsWith("tocsin opml: " + page + ": this is no OPML subscription list\n"));
}

TEST_F(CommandLine, TriesNoWatchThatIsNotThere) {
  const auto file = folder.write("tocsin.yaml", "watches: [{name: w, any: [word]}]\n");
  const auto finished = tocsin({"backtest", "--config", file, "--watch", "v"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("there is no watch 'v'"));
}

TEST_F(CommandLine, SaysWhereTheStateWouldBeKept) {
  const auto taken = folder.write("taken", "a file");
  const auto file = folder.write("tocsin.yaml",
                                 "feeds: [{name: a, url: \"file:///dev/null\", allow_file: true}]\n"
                                 "watches: [{name: w, any: [word]}]\nstorage: {path: \"" +
                                     taken + "/state\"}\n");
  const auto finished = tocsin({"run", "--config", file, "--once"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("the state is kept in " + taken + "/state"));
}

TEST_F(CommandLine, EveryCommandExplainsItselfWithAnExample) {
  const auto names = command_names();
  EXPECT_GE(names.size(), 20U);
  for (const auto& name : names) {
    const auto help = tocsin({name, "--help"});
    EXPECT_EQ(help.status, 0) << name;
    EXPECT_THAT(help.out, StartsWith("Usage: tocsin " + name)) << name;
    EXPECT_THAT(help.out, HasSubstr("Example")) << name;
    if (name == "schema" || name == "manual" || name == "completion") continue;  // they only print
    EXPECT_THAT(help.out, AnyOf(HasSubstr("xit status"), HasSubstr("exit code"))) << name;
  }
}

TEST_F(CommandLine, EveryCommandRefusesAnOptionThatItDoesNotKnow) {
  for (const auto& name : command_names()) {
    const auto wrong = tocsin({name, "--no-such-option"});
    EXPECT_EQ(wrong.status, 2) << name;
    EXPECT_THAT(wrong.err, HasSubstr("tocsin " + name + ": unknown option --no-such-option"));
    EXPECT_THAT(wrong.out, IsEmpty()) << name;
  }
}

TEST_F(CommandLine, EveryCommandRefusesMoreOperandsThanItTakes) {
  for (const auto& name : command_names()) {
    if (name == "search") continue;  // takes any number of words
    const auto wrong = tocsin({name, "a", "b", "c", "d"});
    EXPECT_EQ(wrong.status, 2) << name;
    EXPECT_THAT(wrong.err, HasSubstr("tocsin " + name)) << name;
  }
}

TEST_F(CommandLine, FailsWhenItsOutputCannotBeWritten) {
  const auto full =
      run_program({"sh", "-c", tocsin_binary() + " schema > /dev/full"}, folder.path());
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("cannot write"));
}

TEST_F(CommandLine, RefusesToRunOnAConfigurationThatIsNotThere) {
  const auto run = tocsin({"run", "--config", "/nonexistent/tocsin.yaml"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("/nonexistent/tocsin.yaml"));
}

TEST_F(CommandLine, NamesPlaceAndRemedyOfAMistakeInTheConfiguration) {
  const auto file = folder.write("bad.yaml",
                                 "feeds:\n  - http://127.0.0.1:1/feed\n"
                                 "watches:\n  - {name: deal, query: nuclear deal}\n");
  const auto run = tocsin({"run", "--config", file});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr(file + ":4:"));
  EXPECT_THAT(run.err, HasSubstr("nuclear AND deal"));
}

class SmallRun : public CommandLine {
 protected:
  /// A configuration whose only feed refuses connections.
  std::string dead_feed() {
    return folder.write("dead.yaml",
                        "fetch: {interval: {min: 1s, default: 1s, max: 1s}, allow_private: true}\n"
                        "feeds: [\"http://127.0.0.1:1/feed\"]\n"
                        "watches: [{name: a, any: [word]}]\n"
                        "storage: {path: \"" +
                            (folder.path() / "state").string() + "\"}\n");
  }
};

TEST_F(SmallRun, FailsOnceWhereAFeedCannotBePolled) {
  const auto run = tocsin({"run", "--once", "--config", dead_feed()});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("poll failed"));
}

TEST_F(CommandLine, RefusesASecondInstanceOnTheSameState) {
  World world(folder);
  world.serve("<rss version=\"2.0\"><channel><title>T</title></channel></rss>");
  const auto file = folder.write(
      "one.yaml", "fetch: {allow_private: true}\nfeeds: [\"" + world.feed_url() + "\"]\n" +
                      "watches: [{name: a, any: [word]}]\nstorage: {path: \"" +
                      (folder.path() / "state").string() + "\"}\n");
  Process first({tocsin_binary(), "run", "--config", file}, (folder.path() / "first.err").string());
  ASSERT_TRUE(world.next("poll")) << "the first one holds the state by now";
  const auto second = tocsin({"run", "--once", "--config", file});
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.err, HasSubstr("tocsin run: "));
  EXPECT_THAT(second.err, HasSubstr("another"));
}

TEST_F(CommandLine, RefusesLoopbackFeedsUnlessAllowed) {
  World world(folder);
  world.serve("<rss version=\"2.0\"><channel><title>T</title></channel></rss>");
  const auto file = folder.write("guarded.yaml", "feeds: [\"" + world.feed_url() + "\"]\n" +
                                                     "watches: [{name: a, any: [word]}]\n" +
                                                     "storage: {path: \"" +
                                                     (folder.path() / "state").string() + "\"}\n");
  const auto run = tocsin({"run", "--once", "--config", file});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("allow_private"));
  EXPECT_EQ(world.left("poll"), 0U);
}

}  // namespace
}  // namespace tocsin::testing
