// SPDX-License-Identifier: MIT
#include "parser/extract.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time_format.hpp"

namespace tocsin::parser {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kFirst =
    "<p>The council voted on Tuesday, after a long debate, to keep the old bridge open.</p>";
constexpr std::string_view kSecond =
    "<p>Two members were against it, and one of them said that the cost was too high.</p>";
constexpr std::string_view kFirstText =
    "The council voted on Tuesday, after a long debate, to keep the old bridge open.";
constexpr std::string_view kSecondText =
    "Two members were against it, and one of them said that the cost was too high.";

std::string both() {
  return std::string(kFirstText) + "\n\n" + std::string(kSecondText);
}

Article extracted(const std::string& html) {
  return extract_article(html, {"https://news.example/a/vote.html", ""});
}

/// An article page in the usual dress, with something put before and behind the two paragraphs.
std::string page(const std::string& before, const std::string& behind = {}) {
  return "<html><head><title>Bridge stays | News</title></head><body>"
         "<nav><a href=/>Home</a> <a href=/w>World</a></nav><div><h1>Bridge stays</h1>" +
         before + std::string(kFirst) + std::string(kSecond) + behind +
         "</div><footer>Copyright 2026 News, all rights are reserved.</footer></body></html>";
}

TEST(ExtractArticle, FindsTheTextBetweenNavigationAndFooter) {
  EXPECT_EQ(extracted(page("")).text, both());
}

TEST(ExtractArticle, FindsNoArticleInWhatIsNoText) {
  std::string bytes;
  for (int i = 0; i < 5'000; ++i) bytes += static_cast<char>((i * 7919 + i / 13) % 256);
  const auto article = extract_article(bytes, {});
  EXPECT_EQ(article.text, "");
  EXPECT_EQ(article.html, "");
}

TEST(ExtractArticle, LeavesOutWhatSaysThatItIsSomethingElse) {
  for (const auto* block :
       {"<div class=share-bar>Share this story with all of your friends, now.</div>",
        "<aside>An aside about other things, which is a whole sentence.</aside>",
        "<div class='c-related_articles'>Another story, about another bridge, is here.</div>",
        "<section id=comments><p>I do not agree, says a reader, with any of it.</p></section>",
        "<figure><img src=x><figcaption>The bridge, seen from the south.</figcaption></figure>",
        "<div hidden>Text that nobody sees, though it is there.</div>",
        "<div style='display: none'>Text that nobody sees, though it is there.</div>",
        "<script>var text = 'a sentence, in a script.';</script>",
        "<div class=byline>By Ann Smith, Oslo</div>"})
    EXPECT_EQ(extracted(page("", block)).text, both()) << block;
}

TEST(ExtractArticle, LeavesOutLinksToOtherArticlesAndKeepsThoseOut) {
  const auto text = extracted(page("",
                                   "<p><a href=/b>A bridge falls in the north</a></p>"
                                   "<p><a href=https://paper.example/>The council's paper"
                                   " on the bridge</a></p><p>It was published in May, on the"
                                   " day of the vote.</p>"))
                        .text;
  EXPECT_THAT(text, Not(HasSubstr("falls in the north")));
  EXPECT_THAT(text, HasSubstr("The council's paper on the bridge"));
}

TEST(ExtractArticle, LeavesOutDatesAndLabelsAroundTheText) {
  EXPECT_EQ(extracted(page("<p>3 May 2026</p><p>Politics</p>", "<p>Tags</p>")).text, both());
}

TEST(ExtractArticle, DoesNotRepeatParagraphsThatStandThereTwice) {
  EXPECT_EQ(extracted(page("", "<div>" + std::string(kSecond) + "</div>")).text, both());
}

TEST(ExtractArticle, KeepsQuotationsTablesAndHeadingsWithTextBelow) {
  const auto text =
      extracted(page("",
                     "<h2>The cost</h2><table><tr><td>Bridge</td><td>3 m</td></tr></table>"
                     "<blockquote>Let it stand</blockquote><p>So it was said, and so it will"
                     " be done.</p><h2>More</h2>"))
          .text;
  EXPECT_THAT(text, HasSubstr("The cost\n\nBridge\n\n3 m\n\nLet it stand\n\nSo it"));
  EXPECT_THAT(text, Not(HasSubstr("More")));
}

TEST(ExtractArticle, TakesTheArticleAmongTeasersOfOthers) {
  std::string cards = "<div>";
  for (int i = 0; i < 6; ++i)
    cards += "<article><p>Another story, of another day, told in one sentence " +
             std::to_string(i) + ".</p></article>";
  EXPECT_EQ(extracted(page("", cards + "</div>")).text, both());
}

TEST(ExtractArticle, BelievesTheMarkupThatNamesTheBody) {
  const std::string other =
      "<div><p>Some longer text about this site, its owners, its history, and "
      "its many readers, who are in all countries, and so on.</p></div>";
  const auto html = other + "<div itemprop=articleBody>" + std::string(kFirst) +
                    std::string(kSecond) + "</div>" + other;
  EXPECT_EQ(extracted(html).text, both());
}

TEST(ExtractArticle, ReadsTextWithoutParagraphElements) {
  EXPECT_EQ(extracted("<div>" + std::string(kFirstText) + "<br><br>" + std::string(kSecondText) +
                      "</div>")
                .text,
            both());
}

TEST(ExtractArticle, ReadsScriptsWithoutBlanks) {
  const std::string chinese =
      "<p>委员会星期二经过长时间的辩论，投票决定保留旧桥，并拨款进行修缮。</p>";
  EXPECT_EQ(extracted("<nav><a href=/>首页</a></nav><div>" + chinese + chinese + "</div>").text,
            "委员会星期二经过长时间的辩论，投票决定保留旧桥，并拨款进行修缮。");
}

TEST(ExtractArticle, GivesMarkupThatIsHarmlessWithAbsoluteLinks) {
  const auto html = extracted(page("<p onclick=x()>It is <a href=../b>known</a> that bridges, "
                                   "old or <b>new</b>, are loved by all.</p>"))
                        .html;
  EXPECT_THAT(html, HasSubstr("<p>It is <a href=\"https://news.example/b\">known</a> that bridges, "
                              "old or <b>new</b>, are loved by all.</p>"));
}

TEST(ExtractArticle, TrustsLinkedDataBeforeAllElse) {
  const auto article = extracted(
      R"(<html lang=en-GB><head><title>x</title><meta property="og:title" content="Worse"><script
      type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":
      "Bridge &amp; river","author":[{"name":"Ann Smith"},{"name":"Bo Li"}],
      "datePublished":"2026-05-03T10:00:00+02:00",}]}</script></head></html>)");
  EXPECT_EQ(article.title, "Bridge & river");
  EXPECT_EQ(article.byline, "Ann Smith, Bo Li");
  EXPECT_EQ(article.language, "en-GB");
  ASSERT_TRUE(article.published);
  EXPECT_EQ(format_rfc3339(*article.published), "2026-05-03T08:00:00Z");
}

TEST(ExtractArticle, ReadsTitleBylineAndDateFromPlainMarkup) {
  const auto article = extracted(
      "<title>Bridge stays open - The Daily News of the North</title><h1>Bridge stays open</h1>"
      "<div class=byline>By <a rel=author href=/ann>Ann Smith</a></div>"
      "<time datetime=2026-05-03T08:00Z>3 May</time>");
  EXPECT_EQ(article.title, "Bridge stays open");
  EXPECT_EQ(article.byline, "Ann Smith");
  ASSERT_TRUE(article.published);
  EXPECT_EQ(format_rfc3339(*article.published), "2026-05-03T08:00:00Z");
}

TEST(ExtractArticle, TakesTheTextFromDataWhereAScriptIsToShowIt) {
  const auto article =
      extracted(R"(<div id=app></div><script type="application/ld+json">{"@type":"Article",
                "articleBody":"It is told here, and only here, at some length."}</script>)");
  EXPECT_EQ(article.text, "It is told here, and only here, at some length.");
}

TEST(ExtractArticle, FindsTheCharsetInThePage) {
  const auto article = extracted(
      "<meta charset=windows-1251><p>"
      "\xCC\xEE\xF1\xF2, "
      "\xEA\xEE\xF2\xEE\xF0\xFB\xE9 "
      "\xF1\xF2\xEE\xE8\xF2 "
      "\xE7\xE4\xE5\xF1\xFC "
      "\xE4\xE0\xE2\xED\xEE, "
      "\xEE\xF1\xF2\xE0\xED\xE5\xF2\xF1\xFF "
      "\xEE\xF2\xEA\xF0\xFB\xF2\xFB\xEC."
      "</p>");
  EXPECT_EQ(article.text, "Мост, который стоит здесь давно, останется открытым.");
}

TEST(ExtractArticle, HasNoTextForAPageWithoutAny) {
  for (const auto* html : {"", "<", "<p>Home</p>", "<nav><a href=/>Home</a></nav>", "\xFF\xFE"})
    EXPECT_EQ(extracted(html).text, "") << html;
}

TEST(ExtractArticle, TakesTimeInProportionToHostilePages) {
  using std::chrono::steady_clock;
  for (const auto* piece :
       {"<div>a", "<a href=x>", "</b>", "<h1>x", "<td>", "<article><p>a, b.", "<ul><li>a",
        "<figure>x", "<div class='a b c'>x.", "<br>", "<!--", "<iframe>", "&amp"}) {
    std::string html;
    while (html.size() < 1'000'000) html += piece;
    const auto start = steady_clock::now();
    extracted(html);
    EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(20)) << piece;
  }
}

}  // namespace
}  // namespace tocsin::parser
