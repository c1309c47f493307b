// SPDX-License-Identifier: MIT
#include "rules/detail/regex.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/detail/literals.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(NeededLiterals, AreRunsOfLettersThatEveryMatchHolds) {
  EXPECT_THAT(detail::needed_literals("S-?400 missiles?", false).any, ElementsAre("missile"));
  EXPECT_THAT(detail::needed_literals("Foobar[- ]?Quux", false).any, ElementsAre("foobar"));
  EXPECT_THAT(detail::needed_literals("Foobar[- ]?Quux", false).beside, ElementsAre("quux"));
  EXPECT_THAT(detail::needed_literals("Aleppo|Idlib", false).any,
              UnorderedElementsAre("aleppo", "idlib"));
}

TEST(NeededLiterals, AreNoneWhereNothingIsCertain) {
  EXPECT_THAT(detail::needed_literals("[0-9]+", false).any, IsEmpty());
  EXPECT_THAT(detail::needed_literals("Aleppo|[0-9]+", false).any, IsEmpty());
  EXPECT_THAT(detail::needed_literals("a-b-c-d", false).any, IsEmpty());
}

TEST(NeededLiterals, AreFoldedLikeWords) {
  EXPECT_THAT(detail::needed_literals("Café", true).any, ElementsAre("cafe"));
  // и at the end is not relied on: with a breve behind it, it folds to another letter.
  EXPECT_THAT(detail::needed_literals("Сирии", false).any, ElementsAre("сир"));
}

std::vector<std::uint32_t> find(const std::vector<std::string>& texts, std::string bytes) {
  detail::Literals literals;
  for (std::uint32_t i = 0; i < texts.size(); ++i) literals.add({texts[i]}, {}, i);
  literals.seal();
  const auto size = bytes.size();
  bytes.append(8, 'z');
  std::vector<std::uint64_t> grams;
  std::vector<std::uint32_t> out;
  literals.find(std::string_view(bytes).substr(0, size), grams, out);
  return out;
}

TEST(Literals, AreFoundAtEveryPlace) {
  const std::vector<std::string> texts = {"abc", "longertext", "sixsix", "fours"};
  for (std::size_t shift = 0; shift < 9; ++shift) {
    const std::string before(shift, '.');
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      EXPECT_THAT(find(texts, before + texts[i]), ElementsAre(i)) << shift;
      EXPECT_THAT(find({texts[i]}, before + texts[i] + ".."), ElementsAre(0U)) << shift;
    }
  }
}

TEST(Literals, EndWhereTheTextEnds) {
  EXPECT_THAT(find({"abz", "abzzzz"}, "..ab"), IsEmpty());
}

TEST(RuleLanguage, FindsLettersWrittenInPiecesAsIfTheyWereWhole) {
  const std::string korean = "\u1112\u1161\u11AB\u1100\u116E\u11A8";
  EXPECT_EQ(texts("한국", "북 " + korean + " 남"), korean);
  EXPECT_EQ(texts(korean, "북 한국 남"), "한국");
  EXPECT_EQ(texts("대한구*", "대한구\u11A8"), "no");
  EXPECT_EQ(texts("\"がっこう\"", "か\u3099っこう"), "か\u3099っこう");
  EXPECT_EQ(texts("CASE(パリ)", "ハ\u309Aリ"), "ハ\u309Aリ");
  EXPECT_EQ(texts("CASE(Йод)", "И\u0306од"), "И\u0306од");
  EXPECT_EQ(texts("/か/", "か\u3099"), "か") << "a regex reads the letters as they are written";
  EXPECT_EQ(texts("/ᄒ/", korean), "ᄒ");
}

TEST(RuleLanguage, RunsARegexWhoseLettersAreAcrossWordsAndScripts) {
  EXPECT_EQ(texts("/S-400 Triumf/", "the s-400 triumf"), "s-400 triumf");
  EXPECT_EQ(texts("/Министр\\w* иностранных/", "МИНИСТРЫ ИНОСТРАННЫХ дел"), "МИНИСТРЫ ИНОСТРАННЫХ");
  EXPECT_EQ(texts("/(Aleppo|Idlib) falls/", "Idlib falls"), "Idlib falls");
  EXPECT_EQ(texts("/习近平/", "主席习近平说"), "习近平");
  EXPECT_EQ(texts("/leppo/", "Aleppo"), "leppo");
  EXPECT_EQ(texts("/войсками/", "войскам\u0438\u0306"), "войскам\u0438");
  EXPECT_EQ(texts("/sys.em/", "the ſyſtem"), "ſyſtem");
}

}  // namespace
}  // namespace tocsin::rules
