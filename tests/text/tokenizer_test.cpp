// SPDX-License-Identifier: MIT
#include "text/tokenizer.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "text/fold.hpp"
#include "text/utf8.hpp"

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

std::vector<std::uint64_t> hashes(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::uint64_t> out;
  for (const auto& token : tokens) out.push_back(token.hash);
  return out;
}

TEST(Tokenizer, KnowsHangulAndKanaWrittenInPieces) {
  const std::string korean = "\u1112\u1161\u11AB\u1100\u116E\u11A8", half = "가\u11A8";
  EXPECT_EQ(hashes(korean), hashes("한국"));
  EXPECT_EQ(hashes(half), hashes("각"));
  EXPECT_EQ(hashes("か\u3099っこう"), hashes("がっこう"));
  EXPECT_EQ(hashes("ハ\u309Aリ"), hashes("パリ"));
  EXPECT_EQ(hashes("ﾊﾟﾘ"), hashes("パリ"));
  EXPECT_NE(hashes("か"), hashes("が"));
  EXPECT_THAT(words("a " + korean + " b"), ElementsAre("a", korean, "b")) << "the bytes as written";
  EXPECT_THAT(words("か\u3099く"), ElementsAre("か\u3099", "く"));
}

TEST(Tokenizer, ReadsEveryLetterInPiecesAsItReadsItWhole) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const nfd = icu::Normalizer2::getNFDInstance(status);
  int letters = 0;
  for (char32_t c = 0x80; c < 0x30000; ++c) {
    const auto kind = FoldTable::instance().at(c).kind;
    if (kind != CharClass::word && kind != CharClass::single) continue;
    std::string whole, pieces;
    append_utf8(whole, c);
    nfd->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status).toUTF8String(pieces);
    if (whole == pieces) continue;
    ++letters;
    if (pieces.ends_with("\u0345")) continue;  // the iota below, which capitals write as a letter
    ASSERT_EQ(hashes(pieces), hashes(whole)) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(fold(pieces), fold(whole)) << std::hex << static_cast<unsigned>(c);
  }
  EXPECT_GT(letters, 11'172 + 500);
}

TEST(Tokenizer, KeepsAMarkThatHasNothingToJoin) {
  EXPECT_THAT(words("\u3099"), ElementsAre("\u3099"));
  EXPECT_THAT(words("あ\u3099"), ElementsAre("あ", "\u3099"));
  EXPECT_THAT(words("\u1161 x"), ElementsAre("\u1161", "x"));
}

TEST(Tokenizer, SurvivesBrokenUtf8) {
  EXPECT_THAT(words("ab\xFF\xC3 cd\xE2\x82"), ElementsAre("ab", "cd"));
}

}  // namespace
}  // namespace tocsin::text
