// SPDX-License-Identifier: MIT
#include <random>

#include <gtest/gtest.h>

#include "tests/rules/random_rules.hpp"
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

TEST(Mentions, AreTheSameWithAnIndexOfTheirOwn) {
  std::mt19937 chance(20260303);
  RandomRules random([&chance] { return chance(); });
  Scratch scratch;
  int mentioned = 0, items = 0;
  for (int set = 0; set < 600; ++set) {
    auto spec = random.spec();
    while (spec.watches.empty()) {
      auto watch = random.watch(std::to_string(spec.watches.size()));
      auto alone = random.spec();
      alone.watches = {watch};
      if (RuleSet::compile(alone).rules) spec.watches.push_back(std::move(watch));
    }
    // The index is asked only where the first hundred watches mention nothing.
    for (int i = 0; i < 100; ++i)
      spec.watches.insert(spec.watches.begin(),
                          query_watch("zzz" + std::to_string(i), "z" + std::to_string(i)));
    const auto walked = RuleSet::compile(spec).rules;
    const auto indexed = RuleSet::compile(spec, RuleSet::Prefilter::often).rules;
    for (int i = 0; i < 20; ++i) {
      const auto item = random.item();
      const auto context = random.context();
      const bool expected = walked->mentions_any(item, context, scratch);
      mentioned += expected ? 1 : 0;
      ++items;
      ASSERT_EQ(indexed->mentions_any(item, context, scratch), expected)
          << spec.watches[0].query.value_or(Located{}).text << "\n"
          << item.content_text;
    }
  }
  EXPECT_GT(mentioned, items / 10);
  EXPECT_LT(mentioned, items * 9 / 10);
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
