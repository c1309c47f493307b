// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

struct Case {
  std::string_view query, body, expected;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& c : cases)
    EXPECT_EQ(texts(c.query, c.body), c.expected) << c.query << "\n" << c.body;
}

TEST(RuleLanguage, JoinsWordsWithAndOrNot) {
  check({{"Iran AND Russia", "Russia and Iran", "Russia|Iran"},
         {"Iran AND Russia", "Iran alone", "no"},
         {"Iran OR Russia", "Iran, Russia, Turkey", "Iran|Russia"},
         {"Iran NOT Russia", "Iran alone", "Iran"},
         {"Iran NOT Russia", "Iran and Russia", "no"},
         {"Iran AND NOT (Russia OR Turkey)", "Iran met Turkey", "no"}});
}

TEST(RuleLanguage, ReportsNoSpanOfABranchThatFailed) {
  check({{"(Iran AND Oman) OR Russia", "Iran and Russia", "Russia"},
         {"Astana NEAR/2 talks", "talks far away from here: Astana talks", "Astana|talks"}});
}

TEST(RuleLanguage, CountsTheWordsBetween) {
  const std::string_view text = "peace talks in Kazakhstan's Astana";
  check({{"talk* NEAR/2 Astana", text, "talks|Astana"},
         {"talk* W/3 Astana", text, "talks|Astana"},
         {"talk* NEAR/1 Astana", text, "no"},
         {"talk* W/2 Astana", text, "no"},
         {"Astana ONEAR/9 talk*", text, "no"},
         {"talk* ONEAR/2 Astana", text, "talks|Astana"},
         {"talk* PRE/3 Astana", text, "talks|Astana"},
         {"talk* PRE/2 Astana", text, "no"},
         {"peace ONEAR/0 talks", text, "peace|talks"},
         {"Astana NEAR/2 Astana", text, "no"}});
}

TEST(RuleLanguage, MeasuresChainsFromTheEdgeOfThePair) {
  check({{"a1 NEAR/1 b1 NEAR/1 c1", "a1 x b1 x c1", "a1|b1|c1"},
         {"a1 NEAR/1 b1 NEAR/1 c1", "a1 x b1 x x c1", "no"},
         {"c1 NEAR/0 b1 NEAR/0 a1", "a1 b1 c1", "a1|b1|c1"}});
}

TEST(RuleLanguage, KeepsToSentencesAndParagraphs) {
  check({{"Astana SENTENCE talks", "Astana rests. The talks go on.", "no"},
         {"Astana SENTENCE talks", "Astana hosts Mr. Putin for talks.", "Astana|talks"},
         {"Astana SENTENCE talks", "In Astana the U.S. Gen. Smith held talks.", "Astana|talks"},
         {"Astana SENTENCE talks", "Astana\n\ntalks", "no"},
         {"Astana PARA talks", "Astana rests. The talks go on.", "Astana|talks"},
         {"Astana PARA talks", "Astana rests.\n\nThe talks go on.", "no"}});
}

TEST(RuleLanguage, LeavesOutOccurrencesNotArticles) {
  check({{"Astana EXCEPT \"Astana Pro Team\"", "Astana Pro Team won. In Astana, talks.", "Astana"},
         {"Astana EXCEPT \"Astana Pro Team\"", "Astana Pro Team won.", "no"},
         {"sanction* NOT NEAR/3 lift*", "Lift sanctions now. Later came some brand new sanctions",
          "sanctions"},
         {"sanction* NOT NEAR/3 lift*", "lift the sanctions", "no"}});
}

TEST(RuleLanguage, CountsOccurrencesAndAlternatives) {
  check({{"ATLEAST/3(Idlib)", "Idlib Idlib", "no"},
         {"ATLEAST/3(Idlib)", "Idlib, Idlib; Idlib", "Idlib|Idlib|Idlib"},
         {"2 OF (Iran, Russia, Turkey)", "Iran and Turkey", "Iran|Turkey"},
         {"2 OF (Iran, Russia, Turkey)", "Iran and Iran", "no"},
         {"FIRST/2(summit)", "the summit", "summit"},
         {"FIRST/2(summit)", "at the summit", "no"}});
}

TEST(RuleLanguage, FoldsQueryAndTextAlike) {
  check({{"Erdogan", "ERDOĞAN said", "ERDOĞAN"},
         {"\"خامنه‌ای\"", "علي خامنهاي", "خامنهاي"},
         {"Tehran-Moscow", "the Tehran–Moscow axis", "Tehran–Moscow"},
         {"\"Giro d'Italia\"", "Giro d’Italia 2018", "Giro d’Italia"},
         {"\"AT&T: news\"", "AT&T news", "AT&T news"},
         {"JCPOA", "(JCPOA)", "JCPOA"},
         {"习近平", "国家主席习近平说", "习近平"},
         {"主席 NEAR/0 习近平", "国家主席习近平说", "主席|习近平"}});
}

TEST(RuleLanguage, ReadsSignsHoweverTheyAreTyped) {
  check({{"“peace talks”", "peace talks", "peace talks"},
         {"„peace talks“ OR x1", "peace talks", "peace talks"},
         {"«мирные переговоры»", "Мирные переговоры", "Мирные переговоры"},
         {"「和平」 AND 谈判", "和平谈判", "和平|谈判"},
         {"（Iran　OR　Oman） AND talks", "Oman talks", "Oman|talks"},
         {"body：Iran", "Iran", "Iran"},
         {"2 OF (إيران، روسيا، تركيا)", "روسيا وتركيا تركيا", "روسيا|تركيا"},
         {"\u200FIran AND\u200F Oman\u200F", "Oman Iran", "Oman|Iran"},
         {"צה\"ל AND ארה\"ב", "צה״ל וגם ארה״ב", "צה״ל|ארה״ב"},
         {"\"דובר צה\"ל\"", "דובר צה\"ל מסר", "דובר צה\"ל"},
         {"@", "x", "error: a key should follow @"}});
}

TEST(RuleLanguage, FindsNamesBehindInitialsWithoutABlank) {
  check({{"Лукашенко", "встретил А.Лукашенко", "Лукашенко"},
         {"\"St. Petersburg\"", "in St.Petersburg", "St.Petersburg"},
         {"U.S.", "the U.S. said", "U.S"}});
}

TEST(RuleLanguage, MatchesWildcardsWithinAWord) {
  check({{"talk*", "talk talks talking stalk", "talk|talks|talking"},
         {"wom?n", "woman women womn", "woman|women"},
         {"\"peace talk*\"", "peace talks, peace in talks", "peace talks"},
         {"EXACT(*stan)", "Kazakhstan KAZAKHSTAN", "Kazakhstan"}});
}

TEST(RuleLanguage, AsksForTheWayAWordIsWritten) {
  check({{"ALLCAPS(AIDS)", "AIDS aids Aids", "AIDS"},
         {"NOCAPS(polish)", "Polish polish", "polish"},
         {"CASE(Turkey)", "turkey TURKEY Turkey", "Turkey"},
         {"CASE(Erdogan)", "Erdoğan erdoğan", "Erdoğan"},
         {"ACCENT(résumé)", "resume Résumé", "Résumé"},
         {"EXACT(Résumé)", "résumé Resume Résumé", "Résumé"}});
}

TEST(RuleLanguage, StemsInTheLanguageOfTheArticle) {
  auto item = article("", "they negotiated for hours");
  item.language = "en-GB";
  EXPECT_EQ(found("STEM(negotiating)", item), "body 5-15 negotiated");
  item.language = "xx";
  EXPECT_EQ(found("STEM(negotiating)", item), "no");
}

TEST(RuleLanguage, RunsRegexesOverTheRawText) {
  check({{"/S-?400/", "the s400 and S-400", "s400|S-400"},
         {"/S-?400/c", "the s400 and S-400", "S-400"},
         {"/missile/ NEAR/1 Iran", "missiles of Iran", "missile|Iran"}});
}

TEST(RuleLanguage, LooksWhereAFieldSays) {
  auto item = article("Aleppo falls", "Idlib waits");
  item.url = "https://www.example.org/a";
  item.tags = {"Middle East"};
  item.authors = {{"Jane Doe", "", ""}};
  item.language = "en";
  const Labels labels = {{"country", "ir"}};
  const ItemContext context{"tass", &labels, {}};
  EXPECT_EQ(found("title:(Idlib OR Aleppo)", item, context), "title 0-6 Aleppo");
  EXPECT_EQ(found("body:Aleppo", item, context), "no");
  for (const auto* yes : {"tag:\"middle east\"", "author:doe", "url:example", "site:example.org",
                          "feed:tass", "lang:en", "label.country:ir", "words>3", "words<=4"})
    EXPECT_EQ(found(std::string("Aleppo AND ") + yes, item, context), "title 0-6 Aleppo") << yes;
  for (const auto* no : {"tag:west", "author:smith", "site:ample.org", "feed:tas", "lang:de",
                         "label.country:ru", "label.kind:x", "words>4"})
    EXPECT_EQ(found(std::string("Aleppo AND ") + no, item, context), "no") << no;
}

TEST(RuleLanguage, TakesTheLeadForTitleAndFirstParagraph) {
  EXPECT_EQ(found("lead:Idlib", article("x", "Idlib waits.\n\nAleppo")), "body 0-5 Idlib");
  EXPECT_EQ(found("lead:Aleppo", article("x", "Idlib waits.\n\nAleppo")), "no");
  EXPECT_EQ(found("lead:Aleppo", article("Aleppo", "")), "title 0-6 Aleppo");
}

TEST(RuleLanguage, ComparesDatesAndAges) {
  auto item = article("x", "Iran");
  item.published = Timestamp(std::chrono::sys_days(std::chrono::year{2018} / 9 / 7));
  const ItemContext context{"", nullptr, *item.published + std::chrono::hours(30)};
  EXPECT_EQ(found("Iran AND date>=2018-09-01", item, context), "body 0-4 Iran");
  EXPECT_EQ(found("Iran AND date<2018-09-07", item, context), "no");
  EXPECT_EQ(found("Iran AND age<24h", item, context), "no");
  EXPECT_EQ(found("Iran AND age<2d", item, context), "body 0-4 Iran");
}

TEST(RuleLanguage, NeverCrossesFields) {
  EXPECT_EQ(found("\"peace talks\"", article("peace", "talks")), "no");
  EXPECT_EQ(found("peace NEAR/5 talks", article("peace", "talks")), "no");
}

RuleSpec desk() {
  RuleSpec spec;
  EntitySpec jcpoa;
  jcpoa.key = "jcpoa";
  jcpoa.kind = EntityKind::term;
  jcpoa.name = located("Joint Comprehensive Plan of Action");
  jcpoa.acronym = "JCPOA";
  jcpoa.aliases = {located("Iran nuclear deal*")};
  spec.entities.push_back(jcpoa);
  for (const auto& [key, name] :
       {std::pair{"khamenei", "Ali Khamenei"}, {"putin", "Vladimir Putin"}}) {
    EntitySpec person;
    person.key = key;
    person.name = located(name);
    spec.entities.push_back(person);
  }
  spec.lists.push_back({"talk_words", {}, {located("talk*"), located("negotiat*")}});
  return spec;
}

std::string desk_finds(std::string_view query, std::string_view body) {
  auto spec = desk();
  spec.watches.push_back(query_watch(query));
  return found(spec, article("", body));
}

TEST(RuleLanguage, KnowsTheExamplesOfItsManual) {
  EXPECT_EQ(desk_finds("@jcpoa", "the (JCPOA) and Iran nuclear deals"),
            "body 5-10 JCPOA; body 16-34 Iran nuclear deals");
  EXPECT_EQ(desk_finds("Astana NEAR/8 (talk* OR negotiat* OR process OR summit) NOT (cycling OR "
                       "\"Astana Pro Team\")",
                       "the Astana peace process"),
            "body 4-10 Astana; body 17-24 process");
  EXPECT_EQ(desk_finds("(Astana EXCEPT \"Astana Pro Team\") SENTENCE (talk* OR ceasefire)",
                       "Astana Pro Team rests. Astana talks."),
            "body 23-29 Astana; body 30-35 talks");
  EXPECT_EQ(desk_finds("@khamenei SENTENCE @putin", "Ali Khamenei received Vladimir Putin."),
            "body 0-12 Ali Khamenei; body 22-36 Vladimir Putin");
  EXPECT_EQ(
      desk_finds("ALLCAPS(IAEA) ONEAR/6 (inspector* OR safeguards)", "IAEA sent its inspectors"),
      "body 0-4 IAEA; body 14-24 inspectors");
  EXPECT_EQ(desk_finds("2 OF (Iran, Russia, Turkey) AND FIRST/60(trilateral)",
                       "trilateral: Iran, Turkey"),
            "body 0-10 trilateral; body 12-16 Iran; body 18-24 Turkey");
  EXPECT_EQ(desk_finds("Astana NEAR/3 @talk_words", "Astana talks"),
            "body 0-6 Astana; body 7-12 talks");
}

TEST(RuleLanguage, CombinesPlainLists) {
  WatchSpec watch;
  watch.name = "w";
  watch.any = {located("JCPOA"), located("nuclear deal")};
  watch.all = {located("Iran")};
  watch.none = {located("cycling")};
  const auto spec = spec_of(watch);
  EXPECT_EQ(found(spec, article("", "Iran nuclear deal")), "body 0-4 Iran; body 5-17 nuclear deal");
  EXPECT_EQ(found(spec, article("", "JCPOA")), "no");
  EXPECT_EQ(found(spec, article("", "JCPOA Iran cycling")), "no");
}

TEST(RuleLanguage, SharesFilteredWatchesOnlyWithTheirFeedsAndLanguages) {
  auto watch = query_watch("Iran");
  watch.feeds = {{"kind", "agency"}};
  watch.languages = {"en"};
  auto item = article("", "Iran");
  item.language = "en-US";
  const Labels agency = {{"kind", "agency"}}, blog = {{"kind", "blog"}};
  EXPECT_EQ(found(spec_of(watch), item, {"f", &agency, {}}), "body 0-4 Iran");
  EXPECT_EQ(found(spec_of(watch), item, {"f", &blog, {}}), "no");
  item.language = "fr";
  EXPECT_EQ(found(spec_of(watch), item, {"f", &agency, {}}), "no");
}

}  // namespace
}  // namespace tocsin::rules
