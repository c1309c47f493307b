// SPDX-License-Identifier: MIT
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "rules/parse.hpp"
#include "tests/rules/naive.hpp"
#include "tests/rules/random_rules.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

constexpr int kWatches = 12, kItems = 10;

/// 120,000 cases; TOCSIN_DIFFERENTIAL_SETS asks for more.
int sets_wanted() {
  const char* const wanted = std::getenv("TOCSIN_DIFFERENTIAL_SETS");
  return wanted == nullptr ? 1'000 : std::atoi(wanted);
}

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

bool any_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const auto& f) { return f.level == Finding::Level::error; });
}

std::string told(const WatchSpec& watch, const Item& item) {
  std::string out;
  for (const auto& one : watch.any) out += "any " + one.text + "\n";
  for (const auto& one : watch.all) out += "all " + one.text + "\n";
  for (const auto& one : watch.none) out += "none " + one.text + "\n";
  return (watch.query ? watch.query->text : out) + "\n[" + item.title + "]\n[" + item.summary +
         "]\n[" + item.content_text + "] " + item.language;
}

TEST(Engine, AgreesWithTheNaiveJudgeOnRandomRulesAndTexts) {
  std::mt19937 chance(20181109);
  RandomRules random([&chance] { return chance(); });
  Scratch scratch;
  const auto named = random.spec();
  const Names names{[&](std::string_view key) {
                      return Names::Target{key == "plan" ? named.entities.data() : nullptr,
                                           key == "some" ? named.lists.data() : nullptr};
                    },
                    {}};
  const int sets = sets_wanted();
  int cases = 0, held = 0;
  for (int set = 0; set < sets; ++set) {
    auto spec = named;
    std::vector<Query> rules;
    while (spec.watches.size() < kWatches) {
      auto watch = random.watch(std::to_string(spec.watches.size()));
      std::vector<Finding> findings;
      auto query = parse_watch(watch, names, findings);
      if (any_error(findings)) continue;  // such as "a OR NOT b"
      spec.watches.push_back(std::move(watch));
      rules.push_back(std::move(query));
    }
    const auto compiled = RuleSet::compile(spec);
    ASSERT_NE(compiled.rules, nullptr) << compiled.findings.back().message;
    for (int i = 0; i < kItems; ++i) {
      const auto item = random.item();
      const auto context = random.context();
      const auto matches = compiled.rules->match(item, context, scratch);
      for (std::size_t w = 0; w < rules.size(); ++w) {
        const auto expected = judge(spec.watches[w], rules[w], item, context);
        ++cases;
        held += expected ? 1 : 0;
        ASSERT_EQ(describe(of_engine(matches, spec.watches[w].name)), describe(expected))
            << told(spec.watches[w], item);
      }
    }
  }
  EXPECT_GE(cases, 100'000);
  EXPECT_GT(held, cases / 10) << "too few rules hold for the test to mean much";
}

}  // namespace
}  // namespace tocsin::rules
