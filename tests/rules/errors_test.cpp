// SPDX-License-Identifier: MIT
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

/// Every finding as "level column+length: message | hint".
std::string findings(const RuleSpec& spec) {
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
  if (query.find('@') == std::string_view::npos) return findings(spec);
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
        Golden{"/[0-9]+/ AND Iran", "none"},
        Golden{"/[0-9]+/ OR Iran",
               "warning 1+8: the regex holds no text of 3 characters that every match has, so it "
               "runs on every article | add a word to it, or join it with AND"},
        Golden{"Iran AND (Oman OR Iraq) NOT title:cycling", "none"}));

INSTANTIATE_TEST_SUITE_P(
    Smaller, RuleErrors,
    testing::Values(
        Golden{"Iran AND",
               "error 6+3: the query ends where a word should follow | write what comes after, or "
               "remove the operator"},
        Golden{"AND Iran",
               "error 1+3: a word should stand here | operators stand between two words; a word "
               "like this goes in quotes"},
        Golden{"()", "error 1+2: the brackets are empty | write something inside"},
        Golden{"Iran NEAR/x Oman", "error 6+6: 'x' is no number of words | write NEAR/8"},
        Golden{"Iran NEAR/5000 Oman",
               "error 6+9: the distance is too great | at most 1000 words; or use PARA or AND"},
        Golden{"Iran W/0 Oman",
               "error 6+3: W/0 has no meaning | neighbours are W/1, the same as NEAR/0"},
        Golden{"Iran SENTENCE/3 Oman", "error 6+10: SENTENCE takes no number | write SENTENCE"},
        Golden{"lang:en NEAR/3 Iran",
               "error 1+7: this has no place in the text that NEAR could measure from | join it "
               "with AND"},
        Golden{"ATLEAST/3 Iran", "error 1+9: ATLEAST needs brackets | write ATLEAST/3(…)"},
        Golden{"ATLEAST(Iran)",
               "error 1+7: ATLEAST needs a number of 1 or more | write ATLEAST/3(…)"},
        Golden{"ATLEAST/2(Iran AND Oman)",
               "error 10+15: ATLEAST counts places of words, not conditions | write ATLEAST/3(a OR "
               "b), or ATLEAST/3(a) AND ATLEAST/3(b)"},
        Golden{"NAME(Ali Khamenei)",
               "error 1+4: NAME takes one name in quotes | write NAME(\"Ali Khamenei\")"},
        Golden{"4 OF (Iran, Oman)",
               "error 1+4: 4 of 2 alternatives can never be | write a number from 1 to 2"},
        Golden{"2 OF Iran", "error 1+4: OF needs a list in brackets | write 2 OF (a, b, c)"},
        Golden{"Iran, Oman", "error 5+1: a comma stands only in k OF (a, b, c) | write OR, or AND"},
        Golden{"title:body:Iran",
               "error 7+5: a field inside another field | name one field for each bracket"},
        Golden{"\"--\"",
               "error 1+4: there is no word in it | punctuation is not matched; use a regex /…/ "
               "for it"},
        Golden{"/[a/", "error 1+4: the regex is not valid: missing ]: [a | RE2 syntax is meant"},
        Golden{"//", "error 1+2: the regex is empty | write /text/"},
        Golden{"/a*/",
               "error 1+4: the regex matches empty text, so it is true for every article | let it "
               "need at least one character"},
        Golden{"/abc",
               "error 1+1: the regex is not closed | a regex is written /…/, and a slash inside it "
               "\\/"},
        Golden{"words>x",
               "error 1+7: 'x' is no number of words | comparisons are words>400, age<24h and "
               "date>=2018-09-01"},
        Golden{"age<3",
               "error 1+5: age: '3' is not a duration; write a number and a unit, as in 30s, 10m, "
               "12h, 90d or 2y | comparisons are words>400, age<24h and date>=2018-09-01"},
        Golden{"date>=soon",
               "error 1+10: 'soon' is no date like 2018-09-01 | comparisons are words>400, age<24h "
               "and date>=2018-09-01"},
        Golden{"weight>3",
               "error 1+8: 'weight' cannot be compared | comparisons are words>400, age<24h and "
               "date>=2018-09-01"},
        Golden{"\"*\"",
               "error 1+3: a wildcard without letters stands for every word | write at least 3 "
               "letters before *"},
        Golden{"author:@khamenei",
               "error 8+9: names are found in the text only | write the words that this field "
               "should hold"},
        Golden{"(Iran OR Oman) nuclear",
               "error 16+7: an operator is missing before this | write AND, OR, NOT or NEAR/8 "
               "between"},
        Golden{"Iran NOT NEAR Oman",
               "error 6+8: NOT NEAR needs a number of words | write NOT NEAR/8: at most 8 words "
               "between"},
        Golden{"label.x:@khamenei",
               "error 9+9: names are found in the text only | write the words that this field "
               "should hold"},
        Golden{"/\\bСирия\\b/", "none"},
        Golden{"/\\bСирия\\C/",
               "warning 1+11: \\b knows the letters a to z only beside \\C, classes of control "
               "characters, or ^ behind it | leave them out, or write [^\\pL] for what may stand "
               "beside the word"}));

/// What people write who come from another query language.
INSTANTIATE_TEST_SUITE_P(
    Slips, RuleErrors,
    testing::Values(
        Golden{"Iran && Oman",
               "error 6+2: '&&' is no operator | write AND, or \"…\" around a phrase"},
        Golden{"Iran near/5 Oman",
               "error 6+6: 'near/5' in small letters is a word, not an operator | write NEAR/5, or "
               "\"…\" around a phrase"},
        Golden{"Iran NEAR5 Oman",
               "error 6+5: 'NEAR5' is no operator | write NEAR/5, or \"…\" around a phrase"},
        Golden{"Iran NEAR 5 Oman",
               "error 6+4: NEAR needs a number of words | write NEAR/5: at most 5 words between"},
        Golden{"Iran w/s Oman",
               "error 6+3: 'w/s' in small letters is a word, not an operator | write SENTENCE, or "
               "\"…\" around a phrase"},
        Golden{"\"peace talks\"~5",
               "error 14+2: '~5' is no operator | write NEAR/5, or \"…\" around a phrase"},
        Golden{"Iran AND -cycling",
               "error 10+8: '-' before a word does not exclude it | write NOT cycling, or "
               "\"-cycling\" if it is part of the word"},
        Golden{"+Iran OR Oman",
               "error 1+5: '+' before a word means nothing | write AND between what must be there"},
        Golden{
            "Iran|Oman",
            "error 1+9: '|' is no operator | write OR, or \"Iran|Oman\" if it is part of the word"},
        Golden{
            "Iran~2",
            "error 1+6: '~' is no operator | other spellings are found by * and ?, or for a name "
            "by NAME()"},
        Golden{"Iran^3",
               "error 1+6: '^' is no operator | a match is a match: leave the weight out"},
        Golden{"[Iran] OR x1",
               "error 1+6: square and curly brackets mean nothing | write ( ), or put the words in "
               "quotes"},
        Golden{"C++",
               "error 1+3: punctuation is not matched, so it would find every C | use a regex: "
               "/\\bC[+]/"},
        Golden{"'peace talks'",
               "error 1+13: two words with no operator between | write \"peace talks\" for the "
               "phrase, or peace AND talks"},
        Golden{
            "Iranian nuclear deal",
            "error 1+20: words with no operator between | write \"Iranian nuclear deal\" for the "
            "phrase, or Iranian AND nuclear AND deal"},
        Golden{
            "\"Iran AND Oman\"",
            "warning 1+15: 'AND' inside quotes is a word of the phrase | put each phrase in quotes "
            "of its own: \"a\" AND \"b\""},
        Golden{
            "\"peace talks” OR “Iran deal\"",
            "warning 1+28: a quote of another kind stands inside the phrase | close a phrase as it "
            "was opened, or leave the quotes inside out"},
        Golden{
            "\"Who won?\"",
            "warning 1+10: '?' is one more letter, not a question mark | leave it out: punctuation "
            "is ignored"},
        Golden{
            "/iran/i",
            "error 1+7: 'i' behind the regex means nothing | /…/ ignores case and /…/c minds it; "
            "other flags go inside, like (?s)"},
        Golden{"case(Turkey)",
               "error 1+4: 'case' is read as a word here | functions are capitals right before a "
               "bracket: CASE(…)"},
        Golden{
            "ATLEAST 3 (x1)",
            "error 1+7: 'ATLEAST' is read as a word here | functions are capitals right before a "
            "bracket: ATLEAST/3(…)"},
        Golden{"FIRST60(x1)", "error 1+7: there is no function FIRST60 | write FIRST/60(…)"},
        Golden{"2 of (Iran OR Oman)",
               "error 3+2: 'of' in small letters is a word | write 2 OF (a, b, c)"},
        Golden{
            "2 OF (Iran OR Oman)",
            "error 1+4: 2 of 1 alternatives can never be | part the alternatives with commas: 2 OF "
            "(a, b, c)"},
        Golden{"language:en AND Iran",
               "error 1+8: there is no field 'language' | did you mean lang?"},
        Golden{
            "words:400",
            "error 1+5: there is no field 'words' | conditions are written words>400, age<24h and "
            "date>=2018-09-01"},
        Golden{"title=Iran", "error 1+10: 'title' cannot be compared | write title:…"},
        Golden{"lang:english AND Iran",
               "warning 6+7: 'english' is no language code | write a code like lang:en or lang:fa"},
        Golden{"site:bbc.co.uk/news AND Iran",
               "warning 6+14: site is a host, and 'bbc.co.uk/news' is more | write "
               "site:example.org, or url:\"words of the address\""},
        Golden{"https://example.org",
               "error 1+19: an address is no word | write site:example.org, or url:\"words of the "
               "address\""},
        Golden{"EXACT(*)",
               "error 7+1: a wildcard without letters stands for every word | write at least 3 "
               "letters before *"},
        Golden{"习近*",
               "error 1+3: a wildcard without letters stands for every word | for any word between "
               "write a ONEAR/1 b; Chinese, Japanese and Thai need no *"},
        Golden{"words>0 OR Iran",
               "error 1+15: the query is true for every article | add a word to look for"}));

INSTANTIATE_TEST_SUITE_P(
    AllAtOnce, RuleErrors,
    testing::Values(
        Golden{
            "Iran AND OR Oman AND titel:x AND @foo",
            "error 10+2: a word should stand here | operators stand between two words; a word like "
            "this goes in quotes\n"
            "error 22+5: there is no field 'titel' | did you mean title?\n"
            "error 34+4: there is no entity or list 'foo' | add it to entities: or lists:, or put "
            "the word in quotes"},
        Golden{"(Iran OR (Oman AND Iraq",
               "error 1+1: the bracket is not closed | put ) after it\n"
               "error 10+1: the bracket is not closed | put ) after it"},
        Golden{"Iran NEAR/x Oman AND /[a/",
               "error 6+6: 'x' is no number of words | write NEAR/8\n"
               "error 22+4: the regex is not valid: missing ]: [a | RE2 syntax is meant"}));

TEST(RuleFindings, LimitTheSizeOfARule) {
  std::string words, phrase, brackets(65, '('), regex(1'001, 'a');
  for (int i = 0; i < 10'001; ++i) words += (i == 0 ? "w" : " OR w") + std::to_string(i);
  for (int i = 0; i < 33; ++i) phrase += " word";
  EXPECT_THAT(findings(words),
              testing::EndsWith(": the rule has too many words | at most 10000 in one watch"));
  EXPECT_EQ(findings("\"" + phrase + "\""),
            "error 1+167: the phrase is too long | at most 32 words; join parts with ONEAR/0");
  EXPECT_EQ(findings(brackets + "x" + std::string(65, ')')),
            "error 65+1: brackets are nested too deep | at most 64 levels");
  EXPECT_EQ(findings("/" + regex + "/"),
            "error 1+1003: the regex is too long | at most 1000 bytes");
}

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

}  // namespace
}  // namespace tocsin::rules
