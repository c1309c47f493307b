// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

/// Every finding as "level column+length: message | hint".
std::string findings(RuleSpec spec) {
  std::string out;
  for (const auto& f : RuleSet::compile(spec).findings) {
    if (!out.empty()) out += "\n";
    out += f.level == Finding::Level::error ? "error " : "warning ";
    out += std::to_string(f.at.column) + "+" + std::to_string(f.length) + ": " + f.message + " | " +
           f.hint;
  }
  return out.empty() ? "none" : out;
}

std::string findings(std::string_view query) {
  auto spec = spec_of(query_watch(query));
  EntitySpec entity;
  entity.key = "khamenei";
  entity.name = located("Ali Khamenei");
  spec.entities.push_back(entity);
  return findings(spec);
}

struct Golden {
  std::string_view query, expected;
};

class RuleErrors : public testing::TestWithParam<Golden> {};

TEST_P(RuleErrors, SayWhatIsWrongWhereAndWhatToWrite) {
  EXPECT_EQ(findings(GetParam().query), GetParam().expected) << GetParam().query;
}

INSTANTIATE_TEST_SUITE_P(
    All, RuleErrors,
    testing::Values(
        Golden{"nuclear deal",
               "error 1+12: two words with no operator between | write \"nuclear deal\" for the "
               "phrase, or nuclear AND deal"},
        Golden{"Iran and Russia",
               "error 6+3: 'and' in small letters is a word, not an operator | write AND, or \"…\" "
               "around a phrase"},
        Golden{"titel:Iran", "error 1+5: there is no field 'titel' | did you mean title?"},
        Golden{"ATLAST/3(Iran)",
               "error 1+8: there is no function ATLAST/3 | did you mean ATLEAST?"},
        Golden{"@khamenai",
               "error 1+9: there is no entity or list 'khamenai' | did you mean @khamenei?"},
        Golden{"", "error 1+1: the query is empty | write at least one word"},
        Golden{"NOT Iran",
               "error 1+8: the query says only what must not be there | add a word that must be "
               "there: a NOT b"},
        Golden{"Iran OR NOT Oman",
               "error 1+16: an OR with a NOT is true for almost every article | write a NOT b, or "
               "put the NOT beside a word that must be there"},
        Golden{"words>=0",
               "error 1+8: the query is true for every article | add a word to look for"},
        Golden{"Iran NEAR Oman",
               "error 6+4: NEAR needs a number of words | write NEAR/8: at most 8 words between"},
        Golden{"(Iran OR Oman", "error 1+1: the bracket is not closed | put ) after it"},
        Golden{"Iran)",
               "error 5+1: a closing bracket without an opening one | remove it, or put ( before"},
        Golden{"\"Iran", "error 1+1: the quote is not closed | put \" at the end of the phrase"},
        Golden{
            "/(i?)iran/",
            "error 1+10: (i?) is an optional letter i, not a flag | leave it out: regexes ignore "
            "case unless written /…/c"},
        Golden{
            "(Iran AND Oman) NEAR/3 talks",
            "error 1+15: an operand of NEAR must be words, or words joined with OR | write (a NEAR "
            "c) AND (b NEAR c) instead of (a AND b) NEAR c"},
        Golden{
            "Iran NEAR/3 Oman NEAR/5 Iraq",
            "error 18+6: different distances in one chain | put brackets around one pair, like (a "
            "NEAR/3 b) NEAR/5 c"},
        Golden{"ta*",
               "error 1+3: 'ta*' has fewer than 3 letters before * | write more of the word, "
               "or EXACT(ta*) if it must be"},
        Golden{"tal*",
               "warning 1+4: 'tal*' has only 3 letters before * | it will match many words; "
               "a longer beginning is safer"},
        Golden{
            "Iran AND Oman OR Iraq",
            "warning 1+21: AND and OR are mixed without brackets | it is read as (Iran AND Oman) "
            "OR Iraq; write the brackets"},
        Golden{"title:Iran NEAR/3 Oman",
               "warning 1+22: a field stands on one side only, and words of different fields are "
               "never near | write the field once, before a bracket around both"},
        Golden{"lang:en",
               "warning 1+1: the watch has no word that every match must hold, so it runs on every "
               "article | join it with a word or a phrase that must be there"},
        Golden{"Iran OR and",
               "warning 9+3: 'and' in small letters is a word, not an operator | "
               "operators are written in capitals"},
        Golden{"/[0-9]+/ AND Iran",
               "warning 1+8: the regex holds no text of 3 characters that every match has, so it "
               "runs on every article | add a word to it, or join it with AND"},
        Golden{"Iran AND (Oman OR Iraq) NOT title:cycling", "none"}));

TEST(RuleFindings, ListsAllWatchesWithFaults) {
  auto spec = spec_of(query_watch("a b", "one"));
  spec.watches.push_back(query_watch("fine", "two"));
  spec.watches.push_back(query_watch("foo:x", "three"));
  const auto compiled = RuleSet::compile(spec);
  EXPECT_EQ(compiled.rules, nullptr);
  ASSERT_EQ(compiled.findings.size(), 2U);
  EXPECT_EQ(compiled.findings[0].watch, "one");
  EXPECT_EQ(compiled.findings[1].watch, "three");
}

TEST(RuleFindings, PointIntoBlockScalars) {
  auto watch = query_watch("");
  watch.query = Located{"Iran AND\n  titel:x\n", {"rules.yaml", 7, 5}, 4, true};
  const auto compiled = RuleSet::compile(spec_of(watch));
  ASSERT_EQ(compiled.findings.size(), 1U);
  EXPECT_EQ(compiled.findings[0].at.line, 8U);
  EXPECT_EQ(compiled.findings[0].at.column, 7U);
}

TEST(Explain, SaysHowNearAMissCame) {
  const auto compiled = RuleSet::compile(spec_of(query_watch("Astana NEAR/2 (talk* OR round)")));
  ASSERT_NE(compiled.rules, nullptr);
  Scratch scratch;
  EXPECT_EQ(compiled.rules->explain("w", article("", "Astana a b c talks"), {}, scratch),
            "w: does not match\n"
            "false  NEAR/2: Astana found, nearest talk* or its alternatives 3 words away, limit 2\n"
            "  true   Astana: body 0-6 \"Astana\"\n"
            "  true   any of: body 13-18 \"talks\"\n"
            "    true   talk*: body 13-18 \"talks\"\n"
            "    false  round\n");
  EXPECT_EQ(compiled.rules->explain("x", article("", ""), {}, scratch), std::nullopt);
}

}  // namespace
}  // namespace tocsin::rules
