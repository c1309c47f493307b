// SPDX-License-Identifier: MIT
// Documents that no XML parser takes, each as publishers have sent it.
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parser/parser.hpp"

namespace tocsin::parser {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string item(const std::string& title, const std::string& more = "") {
  return "<item><title>" + title + "</title><guid>" + title + "</guid>" + more + "</item>";
}

std::string feed_of(const std::string& items) {
  return "<rss version=\"2.0\"><channel><title>T</title>" + items + "</channel></rss>";
}

Feed read(const std::string& document) {
  auto feed = parse_feed(document, {.url = "https://news.example/feed", .content_type = ""});
  EXPECT_TRUE(feed) << feed.error().message;
  return feed ? std::move(*feed) : Feed{};
}

std::vector<std::string> titles(const Feed& feed) {
  std::vector<std::string> all;
  for (const auto& one : feed.items) all.push_back(one.title);
  return all;
}

TEST(Repair, KeepsEveryWholeItemOfACutDocument) {
  const auto whole = feed_of(item("A") + item("B") + item("C"));
  const auto feed = read(whole.substr(0, whole.find("<guid>C")));
  EXPECT_THAT(titles(feed), ElementsAre("A", "B"));
  EXPECT_TRUE(feed.truncated);
  EXPECT_THAT(feed.warnings, Not(IsEmpty()));
}

TEST(Repair, CallsADocumentCutThatEndsBetweenItsItems) {
  const auto whole = feed_of(item("A") + item("B"));
  const auto feed = read(whole.substr(0, whole.find("</channel>")));
  EXPECT_THAT(titles(feed), ElementsAre("A", "B"));
  EXPECT_TRUE(feed.truncated) << "who knows whether there is a C";
}

TEST(Repair, DoesNotCallADocumentCutThatLacksOnlyItsLastTag) {
  const auto whole = feed_of(item("A") + item("B"));
  const auto end = whole.find("</channel>") + std::string_view("</channel>").size();
  const auto feed = read(whole.substr(0, end));
  EXPECT_THAT(titles(feed), ElementsAre("A", "B"));
  EXPECT_FALSE(feed.truncated) << "or its validators would never be kept";
}

TEST(Repair, ReadsOnBehindADamagedItem) {
  EXPECT_THAT(titles(read(feed_of(item("A", "<description><b>one<i>two</b></i></description>") +
                                  item("Oil < 50 & rising") + item("C")))),
              ElementsAre("A", "Oil < 50 & rising", "C"));
}

TEST(Repair, EndsAnItemAndATitleThatAreNotClosed) {
  EXPECT_THAT(
      titles(read(feed_of("<item><title>A<link>https://news.example/a</link>" + item("B")))),
      ElementsAre("A", "B"));
}

TEST(Repair, ReadsAttributesWithoutQuotes) {
  const auto feed = read(feed_of(item("A", "<enclosure url=/a.mp3 type=audio/mpeg length=5 />")));
  ASSERT_EQ(feed.items.at(0).attachments.size(), 1U);
  EXPECT_EQ(feed.items[0].attachments[0].url, "https://news.example/a.mp3");
  EXPECT_EQ(feed.items[0].attachments[0].size_in_bytes, 5U);
}

TEST(Repair, ResolvesEntitiesOfHtmlAndOfTheDocumentItself) {
  const auto feed = read(
      "<!DOCTYPE rss [<!ENTITY co \"Smith &amp; Co\"><!ENTITY x SYSTEM "
      "\"file:///etc/passwd\">]>" +
      feed_of(item("&co;&nbsp;&ndash; caf&eacute; &x; &#146;s &#55357;&#56832;")));
  EXPECT_THAT(titles(feed), ElementsAre("Smith & Co – café &x; ’s 😀"));
}

TEST(Repair, LetsNoEntityGrowWithoutBounds) {
  std::string subset = "<!ENTITY a0 \"lollollollol\">";
  for (int i = 1; i < 12; ++i) {
    subset += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) subset += "&a" + std::to_string(i - 1) + ";";
    subset += "\">";
  }
  const auto feed = read("<!DOCTYPE rss [" + subset + "]>" + feed_of(item("&a11; end")));
  EXPECT_LT(feed.items.at(0).title.size(), 10'000U);
}

TEST(Repair, FindsTheFeedInAPageThatWrapsIt) {
  EXPECT_THAT(titles(read("<br />\n<b>Warning</b>: x in <b>/a.php</b><br />\n" +
                          feed_of(item("A")) + "<script>x</script>")),
              ElementsAre("A"));
  EXPECT_THAT(titles(read("<html><body><pre>" + feed_of(item("A")) + "</pre></body></html>")),
              ElementsAre("A"));
}

TEST(Repair, FlattensWhatIsNestedTooDeepAndGoesOn) {
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "<b>";
  const auto feed =
      read(feed_of(item("A", "<description>" + deep + "x</description>") + item("B")));
  EXPECT_THAT(titles(feed), ElementsAre("A", "B"));
}

TEST(Repair, SurvivesMediaThatIsNestedWithoutEnd) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<media:content url='/x'>";
  EXPECT_THAT(titles(read(feed_of(item("A") + "<item>" + deep))), ElementsAre("A", ""));
}

// Each of these took quadratic time once.
TEST(Repair, TakesTimeLinearInHostileDocuments) {
  const auto many = [](std::size_t count, auto piece) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += piece(std::to_string(i));
    return all;
  };
  const auto authors =
      many(30'000, [](const std::string& i) { return "<author>n" + i + "</author>"; });
  const auto bare = many(30'000, [](const std::string& i) { return " a" + i + "=x"; });
  const auto declared = many(10'000, [](const std::string& i) { return " xmlns:a" + i + "='u'"; });
  const auto steps = many(50'000, [](const std::string&) { return std::string("b/"); });
  const auto links =
      many(1'000, [](const std::string& i) { return "<item><link>" + i + "</link></item>"; });
  for (const auto& document :
       {feed_of(item("A", authors)), feed_of("<item" + bare + "/>"),
        "<rss version='2.0'" + declared + "><channel>" + links + "</channel></rss>",
        "<rss version='2.0' xml:base='http://a.example/" + steps + "'><channel>" + links +
            "</channel></rss>",
        feed_of(std::string(100'000, '<')), feed_of(std::string(100'000, '&'))}) {
    const auto begin = std::chrono::steady_clock::now();
    read(document);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3})
        << document.substr(0, 80);
  }
}

TEST(Repair, TakesControlCharactersOut) {
  const auto feed = read(feed_of(item(std::string("a\x08") + "b\x1E" + "c")));
  EXPECT_THAT(titles(feed), ElementsAre("abc"));
}

TEST(Repair, TellsNamesByTheirNamespaceWhateverThePrefix) {
  const auto feed = read(
      "<rss version='2.0' xmlns:x='https://PURL.org/dc/elements/1.1' "
      "xmlns:media='http://search.yahoo.com/mrss/'><channel>" +
      item("A",
           "<x:creator>Ann</x:creator><media:title>not this</media:title>"
           "<title xmlns='http://www.w3.org/2000/svg'>nor this</title>") +
      "</channel></rss>");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].title, "A");
  ASSERT_EQ(feed.items[0].authors.size(), 1U);
  EXPECT_EQ(feed.items[0].authors[0].name, "Ann");
}

TEST(Repair, ReadsJsonWithACommaTooManyAndLineEndsInStrings) {
  const auto feed = read(
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":"
      "[{\"id\":\"1\",\"title\":\"a\nb\",},]}");
  EXPECT_THAT(titles(feed), ElementsAre("a b"));
}

TEST(Repair, SaysOfWhatIsNoFeedWhatItLooksLike) {
  const auto told = [](const char* document) {
    const auto feed = parse_feed(document, {});
    return feed ? std::string("a feed") : feed.error().message;
  };
  EXPECT_THAT(told("<html><body><feed>x</feed></body></html>"), HasSubstr("HTML page"));
  EXPECT_THAT(told("  \n"), HasSubstr("empty"));
  EXPECT_THAT(told("Forbidden"), HasSubstr("plain text"));
  EXPECT_THAT(told("<urlset><url/></urlset>"), HasSubstr("no feed"));
  EXPECT_THAT(told("{\"a\":1}"), HasSubstr("no JSON Feed"));
}

}  // namespace
}  // namespace tocsin::parser
