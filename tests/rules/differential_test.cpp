// SPDX-License-Identifier: MIT
#include <random>

#include <gtest/gtest.h>

#include "rules/parse.hpp"
#include "tests/rules/naive.hpp"
#include "tests/rules/random_rules.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

constexpr int kSets = 1'000, kWatches = 12, kItems = 10;  // 120,000 cases

std::string describe(const std::optional<std::set<NaiveHit>>& hits) {
  if (!hits) return "no";
  std::string out = "yes";
  for (const auto& [field, start, end, term] : *hits)
    out += " " + std::to_string(field) + ":" + std::to_string(start) + "-" + std::to_string(end) +
           " " + term;
  return out;
}

std::optional<std::set<NaiveHit>> of_engine(const std::vector<Match>& matches,
                                            const std::string& name) {
  for (const auto& match : matches) {
    if (match.watch != name) continue;
    std::set<NaiveHit> hits;
    for (const auto& hit : match.hits)
      hits.insert({static_cast<std::size_t>(hit.field), hit.start, hit.end, hit.term});
    return hits;
  }
  return std::nullopt;
}

TEST(Engine, AgreesWithTheNaiveJudgeOnRandomRulesAndTexts) {
  std::mt19937 chance(20181109);
  RandomRules random([&chance] { return chance(); });
  Scratch scratch;
  const Names nothing{[](std::string_view) { return Names::Target{}; }, {}};
  int cases = 0, held = 0;
  for (int set = 0; set < kSets; ++set) {
    RuleSpec spec;
    std::vector<Query> rules;
    while (spec.watches.size() < kWatches) {
      auto watch = query_watch(random.query(), std::to_string(spec.watches.size()));
      std::vector<Finding> findings;
      auto query = parse_watch(watch, nothing, findings);
      if (std::any_of(findings.begin(), findings.end(),
                      [](const auto& f) { return f.level == Finding::Level::error; }))
        continue;  // such as "a OR NOT b"
      spec.watches.push_back(std::move(watch));
      rules.push_back(std::move(query));
    }
    const auto compiled = RuleSet::compile(spec);
    ASSERT_NE(compiled.rules, nullptr);
    for (int i = 0; i < kItems; ++i) {
      const auto item = random.item();
      const auto matches = compiled.rules->match(item, {}, scratch);
      for (std::size_t w = 0; w < rules.size(); ++w) {
        const auto expected = judge(rules[w].root, item);
        ++cases;
        held += expected ? 1 : 0;
        ASSERT_EQ(describe(of_engine(matches, spec.watches[w].name)), describe(expected))
            << spec.watches[w].query->text << "\n[" << item.title << "]\n[" << item.summary
            << "]\n[" << item.content_text << "]";
      }
    }
  }
  EXPECT_GE(cases, 100'000);
  EXPECT_GT(held, cases / 10) << "too few rules hold for the test to mean much";
}

}  // namespace
}  // namespace tocsin::rules
