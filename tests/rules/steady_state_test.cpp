// SPDX-License-Identifier: MIT
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rules/counting_new.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

RuleSpec rules() {
  RuleSpec spec;
  for (const auto* query :
       {"Astana NEAR/8 (talk* OR process)", "\"peace talks\" AND Iran NOT cycling",
        "title:Astana SENTENCE talk*", "2 OF (Iran, Russia, Turkey)", "ATLEAST/2(Iran)",
        "(Astana EXCEPT \"Astana Pro Team\") PARA talks", "FIRST/5(Iran) AND words>3",
        "ALLCAPS(IAEA) ONEAR/6 inspector*", "sanction* NOT NEAR/3 (lift* OR eas*)",
        "site:example.org AND Iran"})
    spec.watches.push_back(query_watch(query, query));
  WatchSpec plain;
  plain.name = "plain";
  plain.any = {located("peace talks"), located("Iran"), located("Joint Plan of Action")};
  spec.watches.push_back(plain);
  return spec;
}

std::vector<Item> items() {
  std::vector<Item> out;
  for (const auto* body :
       {"Astana hosts peace talks. Iran, Russia and Turkey attend; IAEA sends inspectors.",
        "Переговоры в Астане. Iran and Iran’s sanctions, the Joint Plan of Action.",
        "Astana Pro Team won. Nothing else was said about talking or sanctions."}) {
    out.push_back(article("Astana process", body));
    out.back().url = "https://example.org/a";
  }
  return out;
}

TEST(SteadyState, MatchingAllocatesNothing) {
  const auto compiled = RuleSet::compile(rules());
  ASSERT_NE(compiled.rules, nullptr);
  const auto articles = items();
  Scratch scratch;
  std::size_t matches = 0;
  const std::function<void(const MatchView&)> count = [&matches](const MatchView& match) {
    matches += match.hits.empty() ? 1 : match.hits.size();
  };
  const auto pass = [&] {
    for (const auto& item : articles) compiled.rules->match_each(item, {}, scratch, count);
  };
  pass();
  pass();
  const auto before = allocations();
  matches = 0;
  pass();
  EXPECT_EQ(allocations() - before, 0U);
  EXPECT_GT(matches, 15U);
}

}  // namespace
}  // namespace tocsin::rules
