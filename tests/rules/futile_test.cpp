// SPDX-License-Identifier: MIT
// Rules that ask for something in vain.
#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/rules/random_rules.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

/// Warnings as "column+length: message | hint", without those of other kinds.
std::string warnings(const RuleSpec& spec) {
  std::string out;
  for (const auto& f : RuleSet::compile(spec).findings) {
    if (f.message.find("runs on every article") != std::string::npos) continue;
    if (!out.empty()) out += "\n";
    if (f.level == Finding::Level::error) out += "error ";
    out += std::to_string(f.at.column) + "+" + std::to_string(f.length) + ": " + f.message + " | " +
           f.hint;
  }
  return out.empty() ? "none" : out;
}

std::string warnings(std::string_view query) {
  auto spec = spec_of(query_watch(query));
  const bool names = query.find('@') != std::string_view::npos;
  if (names) spec.lists.push_back({"talk", {}, {located("talks"), located("summit")}});
  return warnings(spec);
}

constexpr std::string_view kRemedy = " | remove one of the two, or write OR if either is enough";

std::string never(std::string_view place, std::string_view why) {
  return std::string(place) + ": " + std::string(why) + ", so the watch can never match" +
         std::string(kRemedy);
}

TEST(FutileRules, AreToldWhenAWordIsWantedAndRuledOut) {
  EXPECT_EQ(warnings("Iran NOT Iran"), never("1+4", "'Iran' is both wanted and ruled out"));
  EXPECT_EQ(warnings("Iran AND NOT iran"),
            never("1+4", "'Iran' is wanted, and ruled out by NOT 'iran'"));
  EXPECT_EQ(warnings("Iranian NOT (Oman OR iran*)"),
            never("1+7", "'Iranian' is wanted, and ruled out by NOT 'iran*'"));
  EXPECT_EQ(warnings("\"nuclear deal\" NOT deal"),
            never("1+14", "'nuclear deal' is wanted, and ruled out by NOT 'deal'"));
  EXPECT_EQ(warnings("(Iran NEAR/3 talks) NOT talks"),
            never("14+5", "'talks' is both wanted and ruled out"));
  EXPECT_EQ(warnings("title:Iran NOT Iran"), never("1+10", "'Iran' is both wanted and ruled out"));
  EXPECT_EQ(warnings("(Iran OR Oman) NOT (Oman OR Iran)"),
            never("1+14", "all of '(Iran OR Oman)' is ruled out"));
  EXPECT_EQ(warnings("Oman AND @talk NOT @talk"), never("10+5", "all of '@talk' is ruled out"));
}

TEST(FutileRules, AreToldWhenValuesOrNumbersExcludeEachOther) {
  EXPECT_EQ(warnings("Iran AND lang:en AND lang:fa"),
            never("10+7", "no article has both 'lang:fa' and 'lang:en'"));
  EXPECT_EQ(warnings("Iran AND words>400 AND words<100"),
            never("10+9", "nothing fulfils both 'words>400' and what else is asked"));
  EXPECT_EQ(warnings("Iran AND words>=0"),
            "10+8: 'words>=0' holds for every article | remove it, or write another number");
}

TEST(FutileRules, AreToldWhereOnlyAPartIsInVain) {
  EXPECT_EQ(warnings("Oman OR (Iran NOT Iran)"),
            "10+4: 'Iran' is both wanted and ruled out, so this part can never match" +
                std::string(kRemedy));
  EXPECT_EQ(warnings("Iran NOT Oman AND (talks OR (summit AND Oman))"),
            "41+4: 'Oman' is both wanted and ruled out, so this part can never match" +
                std::string(kRemedy));
  EXPECT_EQ(warnings("Iran AND (talks OR (Oman OR NOT Oman))"),
            "20+18: one of these alternatives always holds | remove the bracket, or what stands in "
            "it twice");
}

TEST(FutileRules, AreToldOfOperatorsWhoseSidesAreTheSame) {
  const std::string twice =
      " | write another word on one side, or ATLEAST/2(…) for twice in an article";
  EXPECT_EQ(warnings("Iran NEAR/3 Iran"),
            "13+4: both sides are the same, so it holds only where 'Iran' stands twice" + twice);
  EXPECT_EQ(warnings("Iran SENTENCE iran"),
            "15+4: both sides are the same, so it holds only where 'iran' stands twice" + twice);
  EXPECT_EQ(
      warnings("Iran NOT NEAR/3 Iran"),
      "17+4: 'Iran' is beside itself everywhere, so this part can never match | write another "
      "word on the right");
  EXPECT_EQ(warnings("Iran EXCEPT Iran"),
            "13+4: 'Iran' is inside itself everywhere, so this part can never match | write the "
            "longer phrase on the right: a EXCEPT \"a b\"");
  EXPECT_EQ(
      warnings("Astana EXCEPT \"Pro Team\""),
      "15+10: no place of 'Astana' is inside 'Pro Team', so EXCEPT takes nothing away | write "
      "the phrase that holds the word: a EXCEPT \"a b\"; or NOT for the whole article");
  EXPECT_EQ(warnings("2 OF (Iran, Oman, iran)"),
            "19+4: 'iran' stands among these alternatives before | remove it: each counts, so one "
            "place would count twice");
}

TEST(FutileRules, AreNotSeenInRulesThatCanHold) {
  for (const auto* query : {"Iran NOT title:Iran",
                            "Iran NOT CASE(Iran)",
                            "iran* NOT iranian",
                            "deal NOT \"nuclear deal\"",
                            "STEM(talks) NOT talks",
                            "Iran NOT (Iran AND Oman)",
                            "Iran NOT (Iran NEAR/3 Oman)",
                            "Iran AND lang:en AND lang:en-GB",
                            "Iran AND site:a.org AND site:b.org",
                            "Iran AND tag:a AND tag:b",
                            "Astana EXCEPT \"Astana Pro Team\"",
                            "(Astana OR Sochi) EXCEPT (\"Astana Pro Team\" OR \"Sochi club\")",
                            "\"nuclear deal\" EXCEPT \"nuclear dea? today\"",
                            "Iran AND words>5 AND words<=6",
                            "(Iran NOT Oman) OR (Oman NOT Iran)",
                            "Iran NOT FIRST/9(Iran)",
                            "ATLEAST/2(Iran)",
                            "Iran AND age<24h AND date>=2018-09-01",
                            "\"talks talks\"",
                            "Iran AND (Oman OR NOT Iraq)"})
    EXPECT_EQ(warnings(query), "none") << query;
}

TEST(FutileRules, AreToldForPlainLists) {
  WatchSpec watch;
  watch.name = "desk";
  watch.at = {"rules.yaml", 1, 1};
  watch.all = {located("Iran talks")};
  watch.none = {located("Oman"), located("talk*")};
  EXPECT_EQ(warnings(spec_of(watch)),
            "1+4: 'Iran talks' is wanted, and ruled out by NOT 'talk*', so the watch can never "
            "match | remove one of the two lists, or the words that stand in both");
  watch.all.clear();
  watch.any = {located("talks"), located("Oman")};
  EXPECT_EQ(
      warnings(spec_of(watch)),
      "1+4: all of 'any' is ruled out by 'none', so the watch can never match | remove one of "
      "the two lists, or the words that stand in both");
}

TEST(FutileRules, AreEntitiesAndListsThatNoWatchNames) {
  auto spec = spec_of(query_watch("Iran AND @used"));
  spec.lists.push_back({"used", {}, {located("talks")}});
  spec.lists.push_back({"spare", {"rules.yaml", 4, 3}, {located("talks")}});
  EntitySpec entity;
  entity.key = "khamenei";
  entity.name = located("Ali Khamenei", 2, 14);
  spec.entities.push_back(entity);
  EXPECT_EQ(warnings(spec),
            "14+1: no watch uses the entity 'khamenei' | write @khamenei in a watch, or remove it\n"
            "3+1: no watch uses the list 'spare' | write @spare in a watch, or remove it");
  for (int i = 0; i < 10; ++i)
    spec.lists.push_back({"l" + std::to_string(i), {}, {located("talks")}});
  EXPECT_EQ(
      warnings(spec),
      "14+1: no watch uses the entity 'khamenei', nor 11 others | write @khamenei in a watch, "
      "or remove it; so with the others");
}

bool said_never(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.message.find("the watch can never match") != std::string::npos;
  });
}

TEST(FutileRules, NeverMatchInFact) {
  std::mt19937 chance(20260101);
  RandomRules random([&chance] { return chance(); });
  Scratch scratch;
  int futile = 0;
  for (int i = 0; i < 6'000; ++i) {
    auto spec = random.spec();
    auto watch = random.watch("w");
    if (watch.query && i % 2 == 0) {  // contradictions are rare by chance alone
      const auto other = random.watch("x");
      const auto ruled_out = other.query ? other.query->text : "talks";
      watch.query->text = "(" + watch.query->text + ") AND (peace OR " + ruled_out + ") NOT (" +
                          ruled_out + " OR peace)";
    }
    spec.watches.push_back(watch);
    const auto compiled = RuleSet::compile(spec);
    if (!compiled.rules || !said_never(compiled.findings)) continue;
    ++futile;
    for (int k = 0; k < 40; ++k) {
      const auto item = random.item();
      const auto found = compiled.rules->match(item, random.context(), scratch);
      ASSERT_TRUE(found.empty()) << (watch.query ? watch.query->text : "lists") << "\n"
                                 << item.title << "\n"
                                 << item.summary << "\n"
                                 << item.content_text;
    }
  }
  EXPECT_GT(futile, 500);
}

}  // namespace
}  // namespace tocsin::rules
