// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/command.hpp"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kWatches =
    "watches:\n"
    "  - {name: Iran, any: [Iran]}\n"
    "  - {name: talks, query: 'title:talk* AND Astana'}\n";

/// Runs `tocsin match` on files in a folder of the test's own.
class MatchCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "tocsin-match-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    write("rules.yaml", kWatches);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view text) {
    const auto path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  int run(const std::string& items, const Args& more = {}) {
    Args args = {"--config", (folder_ / "rules.yaml").string()};
    args.insert(args.end(), more.begin(), more.end());
    args.push_back(items);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = kMatchCommand.run(args);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return code;
  }

  std::filesystem::path folder_;
  std::string out_, err_;
};

TEST_F(MatchCommand, PrintsALineForEachWatchThatHolds) {
  const auto items =
      write("items.jsonl",
            "{\"id\":\"a\",\"title\":\"Talks\",\"content_text\":\"Astana, \\\"Iran\\\"\"}\n"
            "{\"id\":\"b\",\"title\":\"Nothing\"}\n");
  EXPECT_EQ(run(items), kFine);
  EXPECT_EQ(
      out_,
      "{\"id\":\"a\",\"watch\":\"Iran\",\"hits\":[{\"field\":\"body\",\"start\":9,\"end\":13,"
      "\"text\":\"Iran\",\"term\":\"Iran\"}]}\n"
      "{\"id\":\"a\",\"watch\":\"talks\",\"hits\":[{\"field\":\"title\",\"start\":0,\"end\":5,"
      "\"text\":\"Talks\",\"term\":\"talk*\"},{\"field\":\"body\",\"start\":0,\"end\":6,"
      "\"text\":\"Astana\",\"term\":\"Astana\"}]}\n");
  EXPECT_EQ(err_, "");
}

TEST_F(MatchCommand, ReportsALineThatIsNoItemAndGoesOn) {
  const auto items = write("items.jsonl",
                           "{\"id\":\"a\",\"title\":\"Iran\"}\n"
                           "\n"
                           "{\"id\":\"b\",\"title\":\n"
                           "{\"id\":\"c\",\"title\":\"Iran\"}\n");
  EXPECT_EQ(run(items), kFindings);
  EXPECT_THAT(err_, HasSubstr("tocsin match: line 3: "));
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"a\",\"watch\":\"Iran\""));
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"c\",\"watch\":\"Iran\""));
}

TEST_F(MatchCommand, NamesAnItemWithoutAnIdByItsLine) {
  EXPECT_EQ(run(write("items.jsonl", "\n{\"title\":\"Iran\"}")), kFine);
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"line:2\""));
}

TEST_F(MatchCommand, ReadsFilesOfOtherSystems) {
  EXPECT_EQ(run(write("items.jsonl",
                      "\xEF\xBB\xBF{\"id\":1,\"title\":\"Iran\"}\r\n"
                      "{\"id\":2,\"content_html\":\"<p>&auml; <b>Ir</b>an\"}\r\n")),
            kFine);
  EXPECT_EQ(err_, "");
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"1\""));
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"2\",\"watch\":\"Iran\",\"hits\":[{\"field\":\"body\","
                              "\"start\":3,\"end\":7"));
}

TEST_F(MatchCommand, CountsOnly) {
  const auto items =
      write("items.jsonl", "{\"title\":\"Iran\"}\n{\"title\":\"Oman\"}\n{\"title\":\"Iran\"}\n");
  EXPECT_EQ(run(items, {"--count"}), kFine);
  EXPECT_EQ(out_, "{\"items\":3,\"matches\":2}\n");
}

TEST_F(MatchCommand, ReadsLinesOfAnyLength) {
  const std::string filler(3'000'000, 'x');
  const auto items = write("items.jsonl", "{\"id\":\"a\",\"content_text\":\"" + filler +
                                              " Iran\"}\n{\"id\":\"b\",\"title\":\"Iran\"}\n");
  EXPECT_EQ(run(items), kFine);
  EXPECT_THAT(out_, HasSubstr("\"start\":3000001,\"end\":3000005"));
  EXPECT_THAT(out_, HasSubstr("{\"id\":\"b\""));
}

TEST_F(MatchCommand, WantsItemsThatCanBeRead) {
  EXPECT_EQ(run((folder_ / "none.jsonl").string()), kUsage);
  EXPECT_THAT(err_, HasSubstr("none.jsonl"));
}

}  // namespace
}  // namespace tocsin::app
