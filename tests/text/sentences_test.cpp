// SPDX-License-Identifier: MIT
#include "text/sentences.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "text/tokenizer.hpp"

namespace tocsin::text {
namespace {

/// The words of `text` with " / " where a sentence ends and " // " where a paragraph does.
std::string marked(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto word = text.substr(tokens[i].start, tokens[i].length);
    if (i > 0) {
      const auto before = text.substr(tokens[i - 1].start, tokens[i - 1].length);
      const auto from = tokens[i - 1].end();
      switch (border(before, text.substr(from, tokens[i].start - from), word)) {
        case Border::none: out += " "; break;
        case Border::sentence: out += " / "; break;
        case Border::paragraph: out += " // "; break;
      }
    }
    out += word;
  }
  return out;
}

TEST(Sentences, EndAtStopsAndTheirLikeInOtherScripts) {
  EXPECT_EQ(marked("One. Two! Three? Four… Five"), "One / Two / Three / Four / Five");
  EXPECT_EQ(marked("Раз. Два! Три"), "Раз / Два / Три");
  EXPECT_EQ(marked("سلام؟ خوب۔ بله"), "سلام / خوب / بله");
  EXPECT_EQ(marked("एक। दो"), "एक / दो");
  EXPECT_EQ(marked("一。二"), "一 / 二");
  EXPECT_EQ(marked("አንድ። ሁለት"), "አንድ / ሁለት");
}

TEST(Sentences, EndBehindAClosingQuoteOrBracket) {
  EXPECT_EQ(marked("He said \"No.\" Then left."), "He said No / Then left");
  EXPECT_EQ(marked("(It is over.) Next"), "It is over / Next");
}

TEST(Sentences, DoNotEndAtAnAbbreviation) {
  EXPECT_EQ(marked("Mr. Putin met Gen. Smith"), "Mr Putin met Gen Smith");
  EXPECT_EQ(marked("the U.S. Senate"), "the U.S Senate");
  EXPECT_EQ(marked("J. K. Rowling and Dr. No"), "J K Rowling and Dr No");
}

TEST(Sentences, DoNotEndBeforeASmallLetter) {
  EXPECT_EQ(marked("approx. five p. m. today"), "approx five p m today");
  EXPECT_EQ(marked("\"Why?\" he asked"), "Why he asked");
}

TEST(Sentences, DoNotEndInsideANumberOrAnAddress) {
  EXPECT_EQ(marked("3.14 at example.org now"), "3.14 at example org now");
}

TEST(Sentences, EndWhereTheBlankWasForgotten) {
  EXPECT_EQ(marked("It ended.Next came Mr.Putin to St.Petersburg"),
            "It ended / Next came Mr Putin to St Petersburg");
}

TEST(Paragraphs, EndAtABlankLineAndBeforeAListItem) {
  EXPECT_EQ(marked("one\n\ntwo"), "one // two");
  EXPECT_EQ(marked("one\n \t\ntwo"), "one // two");
  EXPECT_EQ(marked("one\n- two\n- three"), "one // two // three");
  EXPECT_EQ(marked("one\n\u2022 two"), "one // two");
  EXPECT_EQ(marked("one\ntwo"), "one two");
}

}  // namespace
}  // namespace tocsin::text
