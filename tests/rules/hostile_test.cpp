// SPDX-License-Identifier: MIT
// Rules and articles that are made to cost: they end soon, in bounded memory, and hold rightly.
#include <string>

#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

bool holds(const std::string& query, const std::string& body) {
  const auto compiled = RuleSet::compile(spec_of(query_watch(query)));
  Scratch scratch;
  return compiled.rules && !compiled.rules->match(article("", body), {}, scratch).empty();
}

TEST(HostileRules, KeepNoMoreThanAMillionPlaces) {
  const auto body = repeated("aa ", 20'000) + "zz";
  EXPECT_TRUE(holds("(" + repeated("aa OR ", 60) + "aa) AND zz", body));
  EXPECT_FALSE(holds("(" + repeated("aa OR ", 60) + "aa) NOT zz", body));
  EXPECT_TRUE(holds(repeated("(", 10) + "aa" + repeated(" OR aa)", 10), body));
}

TEST(HostileRules, PairNoMorePlacesThanTheyMay) {
  const auto body = repeated("aa bb ", 20'000);
  EXPECT_TRUE(holds("aa NEAR/1000 bb", body));
  EXPECT_TRUE(holds("aa PARA bb PARA aa", body));
}

TEST(HostileRules, ReadTheTextNotOnceForEachOfItsLetters) {
  EXPECT_TRUE(holds("/x[^y]*y|x/", std::string(100'000, 'x')));
}

TEST(HostileRules, AreGivenUpAfterAFewErrors) {
  const auto compiled = RuleSet::compile(spec_of(query_watch(repeated("foo:x ", 50'000))));
  EXPECT_LE(compiled.findings.size(), 60U);
  EXPECT_EQ(RuleSet::compile(spec_of(query_watch(repeated("(", 50'000)))).findings.size(), 1U);
}

}  // namespace
}  // namespace tocsin::rules
