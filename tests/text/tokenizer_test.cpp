// SPDX-License-Identifier: MIT
#include "text/tokenizer.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/fold.hpp"

namespace tocsin::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::string> out;
  for (const auto& token : tokens) out.emplace_back(text.substr(token.start, token.length));
  return out;
}

TEST(Tokenizer, SplitsAtHyphensSlashesAndApostrophes) {
  EXPECT_THAT(words("Tehran-Moscow and/or d'Italia"),
              ElementsAre("Tehran", "Moscow", "and", "or", "d", "Italia"));
}

TEST(Tokenizer, DoesNotCountAPossessive) {
  EXPECT_THAT(words("Kazakhstan's Astana, the Kremlin’s"),
              ElementsAre("Kazakhstan", "Astana", "the", "Kremlin"));
  EXPECT_THAT(words("the '60s and 'so on'"), ElementsAre("the", "60s", "and", "so", "on"));
  EXPECT_THAT(words("it's'x"), ElementsAre("it", "x"));
}

TEST(Tokenizer, LeavesPunctuationOut) {
  EXPECT_THAT(words("(JCPOA), \"deal\"… 50 %!"), ElementsAre("JCPOA", "deal", "50"));
  EXPECT_THAT(words(" \n\t—!?"), IsEmpty());
}

TEST(Tokenizer, KeepsNumbersAndInitialsTogether) {
  EXPECT_THAT(words("3.14 1,000 U.S. p.m."), ElementsAre("3.14", "1,000", "U.S", "p.m"));
  EXPECT_THAT(words("e\u0301.e\u0301 v2.0"), ElementsAre("e\u0301.e\u0301", "v2.0"));
}

TEST(Tokenizer, PartsWordsAtAStopWithoutABlank) {
  EXPECT_THAT(words("end.Next"), ElementsAre("end", "Next"));
  EXPECT_THAT(words("А.Лукашенко V.V.Putin"), ElementsAre("А", "Лукашенко", "V.V", "Putin"));
  EXPECT_THAT(words("www.Example.org"), ElementsAre("www", "Example", "org"));
}

TEST(Tokenizer, PartsHebrewAcronymsHoweverTheyAreTyped) {
  EXPECT_THAT(words("צה\"ל צה״ל"), ElementsAre("צה", "ל", "צה", "ל"));
  EXPECT_THAT(words("ז'בוטינסקי ז׳בוטינסקי"), ElementsAre("ז", "בוטינסקי", "ז", "בוטינסקי"));
}

TEST(Tokenizer, TakesHanKanaAndThaiLetterByLetter) {
  EXPECT_THAT(words("习近平 と"), ElementsAre("习", "近", "平", "と"));
  EXPECT_EQ(words("ไทย").size(), 3U);
}

TEST(Tokenizer, HashesEverySpellingOfAWordAlike) {
  std::vector<Token> tokens;
  tokenize("Erdoğan ERDOGAN erdog\u0306an علی علي", tokens);
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(tokens[0].hash, tokens[1].hash);
  EXPECT_EQ(tokens[0].hash, tokens[2].hash);
  EXPECT_EQ(tokens[3].hash, tokens[4].hash);
  EXPECT_EQ(tokens[0].hash, word_hash(fold("Erdoğan")));
}

TEST(Tokenizer, HashesLongWordsWhole) {
  const std::string a(200, 'a');
  std::vector<Token> tokens;
  tokenize(a + "b " + a + "c " + a + "b", tokens);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_NE(tokens[0].hash, tokens[1].hash);
  EXPECT_EQ(tokens[0].hash, tokens[2].hash);
  EXPECT_EQ(tokens[0].hash, word_hash(a + "b"));
}

TEST(Tokenizer, KnowsShortIWrittenWithTwoCharacters) {
  std::vector<Token> tokens;
  tokenize("йод и\u0306од иод", tokens);
  EXPECT_EQ(tokens[0].hash, tokens[1].hash);
  EXPECT_NE(tokens[0].hash, tokens[2].hash);
}

TEST(Tokenizer, SurvivesBrokenUtf8) {
  EXPECT_THAT(words("ab\xFF\xC3 cd\xE2\x82"), ElementsAre("ab", "cd"));
}

}  // namespace
}  // namespace tocsin::text
