// SPDX-License-Identifier: MIT
#include "text/fold.hpp"

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

TEST(Fold, TakesCaseAndMarksAway) {
  EXPECT_EQ(fold("JCPOA"), "jcpoa");
  EXPECT_EQ(fold("Erdoğan"), "erdogan");
  EXPECT_EQ(fold("ERDOĞAN"), "erdogan");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("İstanbul"), "istanbul");
  EXPECT_EQ(fold("Diyarbakır"), "diyarbakir");
  EXPECT_EQ(fold("Łódź Øresund Æther"), "lodz oresund aether");
}

TEST(Fold, KeepsShortIButNotYo) {
  EXPECT_EQ(fold("Йод"), "йод");
  EXPECT_EQ(fold("ЁЛКА"), "елка");
}

TEST(Fold, UnifiesArabicLettersAndDropsHarakat) {
  EXPECT_EQ(fold("علی"), fold("علي"));
  EXPECT_EQ(fold("خامنه‌ای"), fold("خامنهاي"));
  EXPECT_EQ(fold("أحمد"), fold("احمد"));
  EXPECT_EQ(fold("كـــتاب"), fold("کتاب"));
  EXPECT_EQ(fold("مُحَمَّد"), fold("محمد"));
}

TEST(Fold, ReadsEveryDecimalDigit) {
  EXPECT_EQ(fold("۱۲٣४"), "1234");
}

TEST(Fold, KeepsVowelsOfIndicScripts) {
  EXPECT_NE(fold("कि"), fold("क"));
}

TEST(Fold, MakesCompatibilityFormsPlain) {
  EXPECT_EQ(fold("ＡＢＣ ﬁ"), "abc fi");
}

}  // namespace
}  // namespace tocsin::text
