// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

std::string explained(const WatchSpec& watch, const Item& item, const ItemContext& context = {}) {
  const auto compiled = RuleSet::compile(spec_of(watch));
  if (!compiled.rules) return "error: " + compiled.findings.front().message;
  Scratch scratch;
  return compiled.rules->explain("w", item, context, scratch).value_or("no such watch");
}

/// The line of the whole rule, for `body`.
std::string why_not(std::string_view query, std::string_view body) {
  const auto text = explained(query_watch(query), article("", body));
  const auto from = text.find('\n') + 1;
  return text.substr(from, text.find('\n', from) - from);
}

TEST(Explain, WritesTheTreeWithWhatEachClauseFound) {
  EXPECT_EQ(
      explained(query_watch("Astana NEAR/2 (talk* OR round) AND title:\"peace plan\""),
                article("peace", "Astana a b c talks")),
      "w: does not match\n"
      "false  all of\n"
      "  false  NEAR/2: Astana found, nearest talk* or its alternatives 3 words away, limit 2\n"
      "    true   Astana: body 0-6 \"Astana\"\n"
      "    true   any of: body 13-18 \"talks\"\n"
      "      true   talk*: body 13-18 \"talks\"\n"
      "      false  round\n"
      "  false  title:\"peace plan\": no 'plan' in the text\n");
}

TEST(Explain, KnowsNoWatchThatIsNotThere) {
  const auto compiled = RuleSet::compile(spec_of(query_watch("Iran")));
  Scratch scratch;
  EXPECT_EQ(compiled.rules->explain("x", article("", ""), {}, scratch), std::nullopt);
}

struct Miss {
  std::string_view query, body, expected;
};

TEST(Explain, SaysHowNearAMissCame) {
  for (const auto& miss : {
           Miss{"Astana NEAR/8 talk*", "Astana 1 2 3 4 5 6 7 8 9 10 11 12 13 14 talks",
                "false  NEAR/8: Astana found, nearest talk* 14 words away, limit 8"},
           Miss{"Astana NEAR/2 talks", "Astana alone", "false  NEAR/2: Astana found, but no talks"},
           Miss{"Astana NEAR/2 talks", "no", "false  NEAR/2: neither Astana nor talks found"},
           Miss{"Astana ONEAR/2 talks", "talks in Astana",
                "false  ONEAR/2: Astana found, talks before it only"},
           Miss{"Astana SENTENCE talks", "Astana waits. Then talks.",
                "false  SENTENCE: Astana found, nearest talks 2 words away, not in one sentence"},
           Miss{"Astana PARA talks", "Astana\n\nA talks",
                "false  PARA: Astana found, nearest talks 1 word away, not in one paragraph"},
           Miss{"sanction* NOT NEAR/3 lift*", "lift the sanctions",
                "false  NOT NEAR/3: found, but with lift* within 3 words"},
           Miss{"Astana EXCEPT \"Astana Pro Team\"", "Astana Pro Team, Astana Pro Team",
                "false  EXCEPT: 2 found, each inside \"Astana Pro Team\""},
           Miss{"ATLEAST/3(Idlib OR \"Idlib city\")", "Idlib city, Idlib",
                "false  ATLEAST/3: 2 found, 3 wanted"},
           Miss{"FIRST/2(summit)", "we are at the summit",
                "false  FIRST/2: summit is word 5 of its field at the earliest"},
           Miss{"2 OF (Iran, Russia, Turkey)", "Iran alone", "false  2 OF: 1 of 3 hold, 2 wanted"},
           Miss{"CASE(Turkey)", "TURKEY", "false  CASE(Turkey): found only as 'TURKEY'"},
           Miss{"EXACT(\"San José\")", "san jose",
                "false  EXACT(\"San José\"): found only as 'san jose'"},
           Miss{"\"plan of action\"", "action of a plan",
                "false  \"plan of action\": its words are there, but not in a row"},
           Miss{"title:Iran", "Iran", "false  title:Iran: found in the body only"},
           Miss{"lead:Iran", "x\n\nIran",
                "false  lead:Iran: found in the body only, behind the lead"},
       })
    EXPECT_EQ(why_not(miss.query, miss.body), miss.expected) << miss.body;
}

TEST(Explain, SaysWhatConditionsWereHeldAgainst) {
  auto item = article("", "Iran");
  item.language = "de";
  item.tags = {"Sport"};
  item.published = Timestamp(std::chrono::sys_days(std::chrono::year{2018} / 9 / 7));
  const ItemContext context{"tass", nullptr, *item.published + std::chrono::hours(30)};
  EXPECT_EQ(explained(query_watch("Iran AND words>400 AND age<24h AND date>=2018-10-01 AND lang:en "
                                  "AND tag:politics AND feed:irna AND label.kind:agency"),
                      item, context),
            "w: does not match\n"
            "false  all of\n"
            "  true   Iran: body 0-4 \"Iran\"\n"
            "  false  words>400 (it has 1)\n"
            "  false  age<1d (it is 1d6h old)\n"
            "  false  date>=2018-10-01 (it is of 2018-09-07T00:00:00Z)\n"
            "  false  lang:en (it has 'de')\n"
            "  false  tag:politics (it has 'Sport')\n"
            "  false  feed:irna (it has 'tass')\n"
            "  false  label.kind:agency (it has none)\n");
}

TEST(Explain, SaysWhatShutsAnItemOut) {
  auto watch = query_watch("Iran");
  watch.feeds = {{"kind", "agency"}};
  watch.languages = {"en", "fa"};
  watch.max_age = std::chrono::hours(24);
  auto item = article("", "Iran");
  item.language = "de";
  item.published = Timestamp(std::chrono::hours(1'000));
  const Labels blog = {{"kind", "blog"}};
  EXPECT_EQ(explained(watch, item, {"f", &blog, *item.published + std::chrono::hours(48)}),
            "w: does not match\n"
            "false  feeds: kind=agency (the feed's labels: kind=blog)\n"
            "false  languages: en, fa (the item is in de)\n"
            "false  max_age: 1d (the item is 2d old)\n"
            "true   Iran: body 0-4 \"Iran\"\n");
}

TEST(Explain, CountsTheAlternativesOfALongList) {
  std::string query = "Iran OR Oman";
  for (int i = 0; i < 30; ++i) query += " OR w" + std::to_string(i);
  EXPECT_EQ(explained(query_watch(query), article("", "Oman")),
            "w: matches\n"
            "true   any of: body 0-4 \"Oman\"\n"
            "  true   Oman: body 0-4 \"Oman\"\n"
            "  false  31 more\n");
}

}  // namespace
}  // namespace tocsin::rules
