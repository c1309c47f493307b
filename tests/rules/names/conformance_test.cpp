// SPDX-License-Identifier: MIT
// Watched people and organisations over the conformance suite: recall and false positives by
// floors that only rise.
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/rules/names/support.hpp"
#include "tests/support/source_dir.hpp"

namespace tocsin::rules {
namespace {

struct Case {
  std::uint32_t watch = 0;
  std::string text, kind;
  bool expected = false;
};

struct Suite {
  std::vector<EntitySpec> specs;
  std::vector<Case> cases;
};

struct Score {
  int right = 0, all = 0;
  [[nodiscard]] double rate() const { return all == 0 ? 1.0 : static_cast<double>(right) / all; }
};

struct Result {
  std::map<std::string, Score> kinds;
  Score positive, negative;
  [[nodiscard]] double precision() const {
    return static_cast<double>(positive.right) / (positive.right + (negative.all - negative.right));
  }
};

std::string folder() {
  const char* given = std::getenv("TOCSIN_CONFORMANCE");
  return (given != nullptr ? given : testing::source_dir() + "/../shared/conformance") + "/names/";
}

bool absent() {
  return !std::ifstream(folder() + "recall.jsonl");
}
bool must_be_there() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string_view(ci) == "true";
}

void read(const std::string& file, EntityKind kind, Suite& suite,
          std::map<std::string, std::uint32_t>& ids) {
  std::ifstream in(folder() + file);
  for (std::string line; std::getline(in, line);) {
    const auto row = boost::json::parse(line).as_object();
    const auto& watch = row.at("watch").as_object();
    const std::string name(watch.at("name").as_string());
    const auto [id, fresh] = ids.try_emplace(name, static_cast<std::uint32_t>(suite.specs.size()));
    if (fresh) {
      EntitySpec spec = person(name);
      spec.kind = kind;
      if (kind == EntityKind::organization)
        for (const auto& alias : watch.at("aliases").as_array())
          spec.aliases.push_back(located(std::string_view(alias.as_string())));
      suite.specs.push_back(std::move(spec));
    }
    suite.cases.push_back({id->second, std::string(row.at("text").as_string()),
                           std::string(row.at("kind").as_string()), row.at("expected").as_bool()});
  }
}

Result judge(const Suite& suite) {
  const auto compiled = NameIndex::compile(suite.specs);
  NameScratch scratch;
  Result result;
  for (const Case& c : suite.cases) {
    std::vector<text::Token> tokens;
    text::tokenize(c.text, tokens);
    const NameText field{Field::body, c.text, tokens};
    std::vector<NameHit> hits;
    compiled.index.find({&field, 1}, scratch, hits);
    bool found = false;
    for (const NameHit& hit : hits) found |= hit.entity == c.watch;
    Score& score = result.kinds[c.kind];
    ++score.all;
    score.right += found == c.expected ? 1 : 0;
    // A family name with nothing else to go by is a matter of policy, not of fact.
    if (c.kind.starts_with("bare_distinct_") || c.kind == "neg_bare_common") continue;
    Score& sum = c.expected ? result.positive : result.negative;
    ++sum.all;
    sum.right += found == c.expected ? 1 : 0;
  }
  return result;
}

void print(const Result& result) {
  for (const auto& [kind, score] : result.kinds)
    std::cout << "  " << kind << " n=" << score.all << " " << score.rate() << '\n';
}

TEST(NamesConformance, PeopleAreFoundAndConfusablesAreNot) {
  if (absent() && !must_be_there()) GTEST_SKIP() << "no conformance data at " << folder();
  Suite suite;
  std::map<std::string, std::uint32_t> ids;
  read("recall.jsonl", EntityKind::person, suite, ids);
  read("precision.jsonl", EntityKind::person, suite, ids);
  ASSERT_GT(suite.cases.size(), 4000U);
  const Result result = judge(suite);
  print(result);
  EXPECT_GE(result.positive.rate(), 0.9605);
  EXPECT_GE(result.precision(), 0.999);
  EXPECT_GE(result.negative.rate(), 0.9975);
}

TEST(NamesConformance, NoKindIsFoundLessThanItWas) {
  if (absent() && !must_be_there()) GTEST_SKIP() << "no conformance data at " << folder();
  Suite suite;
  std::map<std::string, std::uint32_t> ids;
  read("recall.jsonl", EntityKind::person, suite, ids);
  const Result result = judge(suite);
  const std::map<std::string, double> floors{{"exact", 0.99},
                                             {"gen_possessive", 0.99},
                                             {"gen_bracket", 0.99},
                                             {"gen_allcaps", 0.99},
                                             {"gen_title_full", 0.99},
                                             {"gen_nbsp", 0.99},
                                             {"latin_fold", 0.98},
                                             {"gen_initials", 0.99},
                                             {"gen_surname_comma", 0.99},
                                             {"gen_typo", 0.97},
                                             {"turkish_suffix", 0.99},
                                             {"latin_inflected", 0.98},
                                             {"persian", 0.99},
                                             {"han_foreign_full", 0.92},
                                             {"hangul", 0.97},
                                             {"cyrillic_surname_first", 0.955},
                                             {"cyrillic", 0.95},
                                             {"hebrew", 0.93},
                                             {"greek", 0.975},
                                             {"cyrillic_initials", 0.97},
                                             {"hebrew_clitic", 0.92},
                                             {"hebrew_surname_first", 0.85},
                                             {"kana", 0.96}};
  for (const auto& [kind, floor] : floors) EXPECT_GE(result.kinds.at(kind).rate(), floor) << kind;
}

TEST(NamesConformance, OrganizationsAreFoundInflected) {
  if (absent() && !must_be_there()) GTEST_SKIP() << "no conformance data at " << folder();
  Suite suite;
  std::map<std::string, std::uint32_t> ids;
  read("orgs.jsonl", EntityKind::organization, suite, ids);
  const Result result = judge(suite);
  print(result);
  EXPECT_GE(result.positive.rate(), 0.968);
  EXPECT_GE(result.negative.rate(), 0.999);
}

}  // namespace
}  // namespace tocsin::rules
