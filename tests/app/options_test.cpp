// SPDX-License-Identifier: MIT
#include "app/options.hpp"

#include <filesystem>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<Options> parse(const Args& args) {
  return parse_options(args, {{"--config", true}, {"--once", false}});
}

TEST(Options, TakesAValueAfterABlankOrAnEqualsSign) {
  EXPECT_EQ(parse({"--config", "a.yaml"})->value("--config"), "a.yaml");
  EXPECT_EQ(parse({"--config=a=b.yaml"})->value("--config"), "a=b.yaml");
  EXPECT_EQ(parse({})->value("--config", "none"), "none");
}

TEST(Options, KeepsTheLastOfRepeatedValuesAndAllOfThem) {
  const auto options = parse({"--config", "a", "--config", "b"});
  EXPECT_EQ(options->value("--config"), "b");
  EXPECT_THAT(options->given.at("--config"), ElementsAre("a", "b"));
}

TEST(Options, TakesADashAsAnOperandAndEndsAtTwo) {
  const auto options = parse({"-", "--once", "--", "--config"});
  EXPECT_THAT(options->operands, ElementsAre("-", "--config"));
  EXPECT_TRUE(options->has("--once"));
  EXPECT_FALSE(options->has("--config"));
}

TEST(Options, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(parse({"--onec"}).error().message, HasSubstr("did you mean --once?"));
  EXPECT_THAT(parse({"--zzz"}).error().message, ::testing::Not(HasSubstr("did you mean")));
  EXPECT_FALSE(parse({"--once=yes"}));
  EXPECT_FALSE(parse({"--config"}));
}

TEST(ReadInput, NamesTheFileThatIsNotThere) {
  const auto read = read_input("/nonexistent/file");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::not_found);
  EXPECT_THAT(read.error().message, HasSubstr("/nonexistent/file"));
}

TEST(Commands, HaveUniqueNamesAndASummaryEach) {
  std::set<std::string_view> names;
  for (const auto& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
}

}  // namespace
}  // namespace tocsin::app
