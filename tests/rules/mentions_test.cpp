// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

bool mentions(const WatchSpec& watch, std::string_view body, const ItemContext& context = {}) {
  const auto compiled = RuleSet::compile(spec_of(watch));
  if (!compiled.rules) {
    ADD_FAILURE() << compiled.findings.front().message;
    return false;
  }
  Scratch scratch;
  return compiled.rules->mentions_any(article("Headline", body), context, scratch);
}

bool mentions(std::string_view query, std::string_view body) {
  return mentions(query_watch(query), body);
}

TEST(Mentions, AreAnyWordOfARuleThatMayStillHoldByMoreText) {
  EXPECT_TRUE(mentions("Iran AND nuclear", "Iran alone"));
  EXPECT_TRUE(mentions("Iran AND nuclear", "nuclear alone"));
  EXPECT_TRUE(mentions("Astana NEAR/3 talk*", "Talking of other things"));
  EXPECT_TRUE(mentions("2 OF (Iran, Oman, Yemen)", "Oman alone"));
  EXPECT_TRUE(mentions("FIRST/2(Iran)", "far behind the beginning stands Iran"));
  EXPECT_FALSE(mentions("Iran AND nuclear", "neither of them"));
}

TEST(Mentions, AreWholePhrases) {
  EXPECT_TRUE(mentions("\"plan of action\" AND Iran", "a plan of action"));
  EXPECT_FALSE(mentions("\"plan of action\" AND Iran", "a plan and an action"));
}

TEST(Mentions, AreNotWhatARuleExcludes) {
  EXPECT_FALSE(mentions("Iran AND NOT football", "football"));
  EXPECT_FALSE(mentions("Iran NOT NEAR/3 football", "football"));
}

TEST(Mentions, AreThoseOfWatchesThatLookAtTheItem) {
  auto watch = query_watch("Iran AND nuclear");
  watch.feeds = {{"country", "ir"}};
  const Labels russian = {{"country", "ru"}}, iranian = {{"country", "ir"}};
  ItemContext context;
  context.labels = &russian;
  EXPECT_FALSE(mentions(watch, "Iran alone", context));
  context.labels = &iranian;
  EXPECT_TRUE(mentions(watch, "Iran alone", context));
}

}  // namespace
}  // namespace tocsin::rules
