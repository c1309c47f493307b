// SPDX-License-Identifier: MIT
// `tocsin record`: from a real item to a test that holds.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFeed = R"(<rss version="2.0"><channel><title>wire</title>
<item><guid>1</guid><title>Weather: "sun" &amp; rain</title><description>Cloudy.</description></item>
<item><guid>2</guid><title>Peace talks in Astana</title><description>They met.
And talked: again.</description></item>
</channel></rss>)";

constexpr const char* kConfig = R"(feeds: [{name: wire, url: "https://example.org/feed.xml"}]
watches:
  - {name: astana, query: Astana NEAR/8 talk*}
  - {name: weather, any: [rain], severity: low}
receivers: [{name: desk, print: true}, {name: digest, print: true}]
route:
  receiver: desk
  routes: [{matchers: ['severity="low"'], receiver: digest}]
)";

class Record : public ::testing::Test {
 protected:
  void SetUp() override {
    write("feed.xml", kFeed);
    write("tocsin.yaml", kConfig);
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
  }
  /// Words that name files stand for those in the folder.
  Finished tocsin(std::vector<std::string> words) {
    for (auto& word : words)
      if (word.ends_with(".yaml") || word.ends_with(".xml") || word.ends_with(".json"))
        word = (folder.path() / word).string();
    words.insert(words.begin(), tocsin_binary());
    return run_program(std::move(words), folder.path());
  }
  ScratchFolder folder;
};

TEST_F(Record, WritesATestThatTheConfigurationPasses) {
  for (const auto* title : {"Weather", "Astana"}) {
    const auto recorded = tocsin(
        {"record", "--config", "tocsin.yaml", "--feed", "wire", "--title", title, "feed.xml"});
    ASSERT_EQ(recorded.status, 0) << recorded.err;
    write("tested.yaml", std::string(kConfig) + "tests:\n" + recorded.out);
    const auto checked = tocsin({"check", "tested.yaml"});
    EXPECT_EQ(checked.status, 0) << recorded.out << checked.out << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("1 test passed"));
  }
}

TEST_F(Record, SaysWhichWatchesMatchAndWhoIsTold) {
  const auto recorded =
      tocsin({"record", "--config", "tocsin.yaml", "--feed", "wire", "--title", "sun", "feed.xml"});
  EXPECT_THAT(recorded.out, HasSubstr("expect: [weather]"));
  EXPECT_THAT(recorded.out, HasSubstr("receivers: [digest]"));
}

TEST_F(Record, ItsTestFailsOnceTheWatchNoLongerMatches) {
  const auto recorded = tocsin(
      {"record", "--config", "tocsin.yaml", "--feed", "wire", "--title", "Astana", "feed.xml"});
  auto changed = std::string(kConfig);
  changed.replace(changed.find("Astana NEAR"), 6, "Geneva");
  write("tested.yaml", changed + "tests:\n" + recorded.out);
  EXPECT_EQ(tocsin({"check", "tested.yaml"}).status, 1);
}

TEST_F(Record, LeavesTheExpectationOpenWithoutAConfiguration) {
  const auto recorded = tocsin({"record", "feed.xml"});
  EXPECT_EQ(recorded.status, 0);
  EXPECT_THAT(recorded.out, HasSubstr("expect: []"));
  EXPECT_THAT(recorded.err, HasSubstr("write the watches that must match behind expect:"));
}

TEST_F(Record, FetchesAFeedAndTakesItsFirstItem) {
  const RawServer server([](const std::string&) { return http_answer(200, "", kFeed); });
  const auto recorded =
      tocsin({"record", "--allow-private", "--config", "tocsin.yaml", server.url("/feed")});
  EXPECT_EQ(recorded.status, 0) << recorded.err;
  EXPECT_THAT(recorded.out, HasSubstr("Weather"));
  EXPECT_EQ(tocsin({"record", server.url("/feed")}).status, 1) << "a loopback address";
}

TEST_F(Record, TakesASingleItemFromStandardInputOrAFile) {
  write("item.json",
        R"({"id": "9", "title": "Peace talks in Astana", "content_text": "They met."})");
  const auto recorded = tocsin({"record", "--config", "tocsin.yaml", "item.json"});
  EXPECT_EQ(recorded.status, 0) << recorded.err;
  EXPECT_THAT(recorded.out, HasSubstr("expect: [astana]"));
}

TEST_F(Record, SaysWhatIsNotThere) {
  const auto title = tocsin({"record", "--title", "Geneva", "feed.xml"});
  EXPECT_EQ(title.status, 1);
  EXPECT_THAT(title.out, IsEmpty());
  EXPECT_THAT(title.err, HasSubstr("no item of the feed has 'Geneva' in its title"));
  const auto feed = tocsin({"record", "--config", "tocsin.yaml", "--feed", "wier", "feed.xml"});
  EXPECT_EQ(feed.status, 2);
  EXPECT_THAT(feed.err, HasSubstr("no feed of the configuration is called 'wier'"));
  EXPECT_EQ(tocsin({"record", "none.xml"}).status, 1);
}

}  // namespace
}  // namespace tocsin::testing
