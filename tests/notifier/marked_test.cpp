// SPDX-License-Identifier: MIT
#include "notifier/marked.hpp"

#include <gtest/gtest.h>

#include "notifier/plain.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

TEST(Mark, PutsSpansBetweenMarks) {
  EXPECT_EQ(mark("a b c", {{2, 3}}, plain_marker()), "a [b] c");
}

TEST(Mark, JoinsSpansThatOverlap) {
  EXPECT_EQ(mark("abcdef", {{3, 5}, {1, 4}, {9, 12}}, plain_marker()), "a[bcde]f");
}

TEST(Mark, EscapesHtmlInsideAndOutside) {
  EXPECT_EQ(mark("<b> & \"x\"", {{4, 5}}, {"<i>", "</i>", &escape_html}),
            "&lt;b&gt; <i>&amp;</i> &quot;x&quot;");
}

TEST(MarkedTitle, MarksTheTitlesOwnHits) {
  EXPECT_EQ(marked_title(sample::item(), plain_marker()),
            "Kremlin: Putin to see [Ayatollah Khamenei] in Tehran");
}

TEST(MarkedTitle, FindsAHitWhoseOffsetsHaveMoved) {
  auto item = sample::item();
  item.title = "  " + item.title;
  EXPECT_EQ(marked_title(item, plain_marker()),
            "Kremlin: Putin to see [Ayatollah Khamenei] in Tehran");
}

TEST(MarkedTitle, FallsBackOnTheUrl) {
  auto item = sample::item();
  item.title = "\n ";
  EXPECT_EQ(marked_title(item, plain_marker()), item.url);
}

TEST(MarkedContext, MarksAllHitsOfTheLine) {
  const auto item = sample::item();
  const auto line = marked_context(item, item.hits.at(1), plain_marker());
  EXPECT_NE(line.find("the [Joint Comprehensive Plan of Action] ([JCPOA]) at"), std::string::npos)
      << line;
}

TEST(ShownHits, LeavesOutTheTitleAndWhatIsAlreadyShown) {
  const auto hits = shown_hits(sample::item(), 5);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits.front().hit.text, "Joint Comprehensive Plan of Action");
}

TEST(ShownHits, ShowsALineForEachWatchBeforeASecondOfOne) {
  EventItem item;
  const auto hit = [](std::string watch, std::string text) {
    EventHit out;
    out.watch = std::move(watch);
    out.hit = {Field::body, 0, 1, text, "", ""};
    out.context = "on " + text;
    return out;
  };
  item.hits = {hit("talks", "rounds"), hit("talks", "Astana"), hit("leader", "Khamenei")};
  const auto hits = shown_hits(item, 2);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].hit.text, "rounds");
  EXPECT_EQ(hits[1].hit.text, "Khamenei");
}

TEST(CutAtWord, LeavesShortTextAlone) {
  EXPECT_EQ(cut_at_word("naïve café", 10), "naïve café");
}

TEST(CutAtWord, CutsAfterAWord) {
  EXPECT_EQ(cut_at_word("the quick brown fox", 12), "the quick…");
  EXPECT_EQ(cut_at_word("the quick brown fox", 16), "the quick brown…");
}

TEST(CutAtWord, CutsInsideOneLongWord) {
  EXPECT_EQ(cut_at_word("Donaudampfschifffahrt", 8), "Donauda…");
}

TEST(CutAtWordBytes, CountsBytesAndKeepsCharactersWhole) {
  EXPECT_EQ(cut_at_word_bytes("ééééé", 8), "éé…");
}

TEST(OneLine, FoldsControlsAndBlanks) {
  EXPECT_EQ(one_line(" a\r\n\tb\x01  c\xE2\x80\xA8"
                     "d \x7F"),
            "a b c d");
}

TEST(IsWebUrl, RefusesOtherSchemesAndWhatBreaksOutOfQuotes) {
  EXPECT_TRUE(is_web_url("https://example.org/a?b=c"));
  EXPECT_TRUE(is_web_url("HTTP://example.org/"));
  EXPECT_FALSE(is_web_url("javascript:alert(1)"));
  EXPECT_FALSE(is_web_url("https://example.org/\"onclick=x"));
  EXPECT_FALSE(is_web_url("https://example.org/\r\nX: y"));
  EXPECT_FALSE(is_web_url("https://"));
}

}  // namespace
}  // namespace tocsin::notifier
