// SPDX-License-Identifier: MIT
#include "text/html.hpp"

#include <array>
#include <chrono>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

struct Html {
  const char* written;
  const char* text;
};

void PrintTo(const Html& html, std::ostream* out) {
  *out << html.written;
}

class HtmlToTextTest : public testing::TestWithParam<Html> {};

TEST_P(HtmlToTextTest, KeepsWhatPeopleRead) {
  EXPECT_EQ(html_to_text(GetParam().written), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    WhiteSpace, HtmlToTextTest,
    testing::Values(Html{"one  two\n three", "one two three"}, Html{"  one ", "one"},
                    Html{"one  \x01 two, three, four, five, six",
                         "one \x01 two, three, four, five, six"},
                    Html{"one <b> two </b> three", "one two three"},
                    Html{"one&nbsp;\u00A0 two", "one two"}, Html{"one &#32; two", "one two"},
                    Html{"some words that fill a block, and more of them  and on",
                         "some words that fill a block, and more of them and on"},
                    Html{"some words that fill a block &amp; &lt;more&gt; caf\u00E9 \u00A9 x",
                         "some words that fill a block & <more> caf\u00E9 \u00A9 x"},
                    Html{"<pre>a\nb\n\nc</pre>", "a\nb\n\nc"}, Html{"a\x01 b", "a\x01 b"}));

INSTANTIATE_TEST_SUITE_P(
    Blocks, HtmlToTextTest,
    testing::Values(Html{"<p>one</p><p>two</p>", "one\n\ntwo"}, Html{"one<br>two", "one\ntwo"},
                    Html{"one<br/><br/>two", "one\n\ntwo"},
                    Html{"<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"},
                    Html{"<table><tr><td>a</td><td>b</td></tr></table>", "a b"}));

INSTANTIATE_TEST_SUITE_P(Dirt, HtmlToTextTest,
                         testing::Values(Html{"a < b", "a < b"}, Html{"a <3 b", "a <3 b"},
                                         Html{"AT&T & co", "AT&T & co"},
                                         Html{"<a title='>'>x</a>", "x"}, Html{"<a title='>x", "x"},
                                         Html{"<script>x</script>y", "y"},
                                         Html{"<script src=a />y", "y"},
                                         Html{"<STYLE>x</StyLe>y", "y"}, Html{"a<!-- b -->c", "ac"},
                                         Html{"<![CDATA[a]]>b", "ab"}, Html{"<o:p>a</o:p>", "a"}));

TEST(SanitizeHtml, DropsWhatActsOnTheReader) {
  EXPECT_EQ(
      sanitize_html("<p onclick='x' class=y>a<script>b</script><iframe src=c>d</iframe></p>", ""),
      "<p>a</p>");
  EXPECT_EQ(sanitize_html("<a href='java&#10;script:x'>a</a><a href=' JavaScript:x'>b</a>", ""),
            "<a>a</a><a>b</a>");
  EXPECT_EQ(sanitize_html("<img src='data:image/png;base64,x' alt='\"'>", ""),
            "<img alt=\"&quot;\">");
}

TEST(SanitizeHtml, MakesAddressesAbsolute) {
  EXPECT_EQ(sanitize_html("<a href=/b?c=1&amp;d=2>x</a>", "https://news.example/a/"),
            "<a href=\"https://news.example/b?c=1&amp;d=2\">x</a>");
  EXPECT_EQ(sanitize_html("<img srcset='a.png 1x, /b.png 2x'>", "https://news.example/a/"),
            "<img srcset=\"https://news.example/a/a.png 1x, https://news.example/b.png 2x\">");
  EXPECT_EQ(sanitize_html("<a href='//o.example/x'>x</a>", "https://news.example/a/"),
            "<a href=\"https://o.example/x\">x</a>");
}

// What is harmless as it stands is copied, the rest is written anew: both must come out alike.
TEST(SanitizeHtml, WritesTheSameHoweverThePublisherSpelledIt) {
  struct Spelling {
    const char* tidy;
    const char* sloppy;
  };
  constexpr auto kPieces = std::to_array<Spelling>({
      {"<p>", "<P >"},
      {"</p>", "</P>"},
      {"<em>", "<EM>"},
      {"</em>", "</em >"},
      {"<br>", "<BR/>"},
      {"a plain word", "a plain word"},
      {"&amp; more", "&amp; more"},
      {"1 > 0", "1 > 0"},
      {"<!-- no -->", "<!---->"},
      {"<script>x()</script>", "<SCRIPT>y</SCRIPT >"},
      {R"(<a href="https://news.example/a/b?c=d">)",
       R"(<A  HREF='https://news.example/a/b?c=d' >)"},
      {R"(<a href="/topic/1" title="One">)", R"(<a href=/topic/1   title=One>)"},
      {R"(<a href="javascript:x">)", R"(<a HREF="javascript:x">)"},
      {"</a>", "</A>"},
      {R"(<img src="https://news.example/i.png" alt="A sign" width="140">)",
       R"(<IMG SRC="https://news.example/i.png" ALT="A sign" onerror="x" WIDTH="140"/>)"},
      {R"(<img src="https://news.example/i.png?a=1&amp;b=2" alt="R&amp;D">)",
       R"(<img  src="https://news.example/i.png?a=1&amp;b=2" alt='R&amp;D'>)"},
  });
  std::mt19937 random(11);
  for (int round = 0; round < 5'000; ++round) {
    std::string tidy;
    std::string sloppy;
    for (auto n = 1 + random() % 12; n > 0; --n) {
      const auto& piece = kPieces.at(random() % kPieces.size());
      tidy += piece.tidy;
      sloppy += random() % 2 == 0 ? piece.sloppy : piece.tidy;
    }
    const auto* const base = random() % 2 == 0 ? "https://base.example/x/" : "";
    ASSERT_EQ(sanitize_html(tidy, base), sanitize_html(sloppy, base)) << tidy << "\n" << sloppy;
  }
}

TEST(SanitizeHtml, ClosesWhatIsOpenAndNoMore) {
  EXPECT_EQ(sanitize_html("<b><i>a</b></i></u>", ""), "<b><i>a</i></b>");
  EXPECT_EQ(sanitize_html("a < b > c", ""), "a &lt; b &gt; c");
}

TEST(ReadHtmlTest, GivesWhatTheTwoFunctionsGive) {
  const std::string html = "<p>a &amp; b</p><script/>c<br><a href=/d>e</a><object>f</object>";
  const auto read = read_html(html, "https://news.example/");
  EXPECT_EQ(read.html, sanitize_html(html, "https://news.example/"));
  EXPECT_EQ(read.text, html_to_text(html));
}

TEST(LooksLikeHtml, NeedsAKnownTagOrReference) {
  EXPECT_TRUE(looks_like_html("a <b>c"));
  EXPECT_TRUE(looks_like_html("caf&eacute;"));
  EXPECT_FALSE(looks_like_html("vector<int> & <blink>"));
}

// Each of these took quadratic time in some reader of HTML.
TEST(ReadHtmlTest, TakesTimeLinearInHostileText) {
  constexpr std::size_t kSize = 200'000;
  for (const std::string piece :
       {"<", "<a", "<a ", "<a b=\">", "<a x=\">\"", "<!--", "<![CDATA[", "&", "&#", "<b>", "</b>",
        "<script>", "<div><p>", "<a href=", "<img srcset=\"a, "}) {
    std::string html;
    while (html.size() < kSize) html += piece;
    const auto begin = std::chrono::steady_clock::now();
    const auto read = read_html(html, "https://news.example/");
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took, std::chrono::seconds{2}) << piece;
    EXPECT_LE(read.html.size(), 12 * kSize) << piece;
  }
}

}  // namespace
}  // namespace tocsin::text
