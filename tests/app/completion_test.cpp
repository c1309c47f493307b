// SPDX-License-Identifier: MIT
#include "app/completion.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/needs.hpp"

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Command sample(std::string_view help) {
  return {"sample", "it's a sample", help, nullptr};
}

TEST(Completion, ReadsTheOptionsFromTheHelp) {
  EXPECT_THAT(options_of(sample("Usage: x --config FILE [--once]\n\n  --config FILE  a -- b\n")),
              ElementsAre("--config", "--once"));
}

TEST(Completion, KnowsEveryCommandInEveryShell) {
  for (const auto* shell : {"bash", "zsh", "fish"}) {
    const auto script = completion(shell, commands());
    ASSERT_TRUE(script);
    for (const auto& command : commands())
      EXPECT_THAT(*script, HasSubstr(std::string(command.name))) << shell;
  }
  EXPECT_FALSE(completion("tcsh", commands()));
}

TEST(Completion, QuotesSummariesForTheShell) {
  const Command one[] = {sample("--once")};
  EXPECT_THAT(*completion("fish", one), HasSubstr("-d 'it'\\''s a sample'"));
}

TEST(Completion, CompletesInARealBash) {
  if (testing::is_missing("command -v bash")) GTEST_SKIP() << "bash is missing";
  const std::string test =
      *completion("bash", commands()) +
      "\nCOMP_WORDS=(tocsin sea); COMP_CWORD=1; _tocsin; [ \"${COMPREPLY[*]}\" = search ] || exit 1"
      "\nCOMP_WORDS=(tocsin run --on); COMP_CWORD=2; _tocsin; [ \"${COMPREPLY[*]}\" = --once ]\n";
  FILE* bash = ::popen("bash", "w");
  ASSERT_NE(bash, nullptr);
  std::fputs(test.c_str(), bash);
  EXPECT_EQ(::pclose(bash), 0);
}

}  // namespace
}  // namespace tocsin::app
