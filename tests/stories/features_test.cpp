// SPDX-License-Identifier: MIT
#include "stories/detail/features.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace tocsin::stories::detail {
namespace {

Item item(std::string title, std::string text = {}) {
  Item out;
  out.title = std::move(title);
  out.content_text = std::move(text);
  return out;
}

/// The term of a word whose beginning is `beginning`; nullptr when there is none.
const Term* term(const Features& features, std::string_view beginning) {
  const auto found = std::find_if(features.terms.begin(), features.terms.end(),
                                  [&](auto& one) { return one.hash == steady_hash(beginning); });
  return found == features.terms.end() ? nullptr : &*found;
}

TEST(Features, InflectedFormsOfAWordAreOneTerm) {
  const auto features = features_of(item("elections", "The electoral law and the election"));
  ASSERT_NE(term(features, "elect"), nullptr);
  EXPECT_EQ(term(features, "elect")->count, 4);
}

TEST(Features, KnowsNamesAndNumbersByTheirForm) {
  const auto features = features_of(item("The mayor of Oslo", "He met 17 people in Bergen there"));
  EXPECT_TRUE(term(features, "oslo")->name);
  EXPECT_TRUE(term(features, "berge")->name);
  EXPECT_FALSE(term(features, "mayor")->name);
  EXPECT_TRUE(term(features, "17")->number);
  EXPECT_EQ(features.numbers.size(), 1U);
  EXPECT_EQ(features.specifics.size(), 3U);
}

TEST(Features, CapitalsOfATitleInTitleCaseTellNothing) {
  EXPECT_TRUE(features_of(item("Mayor Of Oslo Opens New Bridge")).specifics.empty());
}

TEST(Features, TheNameOfTheOutletBehindATitleDoesNotCount) {
  auto one = item("Bridge opens | Daily News");
  one.authors = {{"The Daily News", "", ""}};
  EXPECT_EQ(features_of(one).terms.size(), 2U);
}

TEST(Features, PairsOfLettersStandForWordsWhereNoBlanksAre) {
  const auto features = features_of(item("北京大学"));
  EXPECT_EQ(features.terms.size(), 3U);
  EXPECT_NE(term(features, "北京"), nullptr);
}

TEST(Features, CountsRunsOfFourWordsOfTheText) {
  EXPECT_EQ(features_of(item("x", "a b c d e")).shingles.size(), 2U);
  EXPECT_TRUE(features_of(item("x", "a b c")).shingles.empty());
}

TEST(Features, OfAnEmptyItemAreEmpty) {
  const auto features = features_of(Item());
  EXPECT_TRUE(features.terms.empty());
  EXPECT_EQ(features.words, 0U);
}

}  // namespace
}  // namespace tocsin::stories::detail
