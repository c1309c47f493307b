// SPDX-License-Identifier: MIT
// What an item and a channel say of themselves, in the forms that publishers write.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parser/parser.hpp"

namespace tocsin::parser {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kUrl = "https://news.example/feeds/f.xml";

Feed read(const std::string& document) {
  auto feed = parse_feed(document, {.url = kUrl, .content_type = ""});
  EXPECT_TRUE(feed) << feed.error().message;
  return feed ? std::move(*feed) : Feed{};
}

Feed rss(const std::string& channel) {
  return read(
      "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
      "xmlns:media='http://search.yahoo.com/mrss/'><channel>" +
      channel + "</channel></rss>");
}

Item rss_item(const std::string& fields) {
  auto feed = rss("<item>" + fields + "</item>");
  EXPECT_EQ(feed.items.size(), 1U);
  return feed.items.empty() ? Item{} : std::move(feed.items.front());
}

Item entry(const std::string& fields, const std::string& attributes = "") {
  auto feed = read("<feed xmlns='http://www.w3.org/2005/Atom' " + attributes + "><entry>" + fields +
                   "</entry></feed>");
  EXPECT_EQ(feed.items.size(), 1U);
  return feed.items.empty() ? Item{} : std::move(feed.items.front());
}

struct Person {
  const char* written;
  const char* name;
  const char* email;
};

void PrintTo(const Person& person, std::ostream* out) {
  *out << person.written;
}

class AuthorTest : public testing::TestWithParam<Person> {};

TEST_P(AuthorTest, IsTakenApartIntoNameAndAddress) {
  const auto item = rss_item(std::string("<author>") + GetParam().written + "</author>");
  ASSERT_EQ(item.authors.size(), 1U);
  EXPECT_EQ(item.authors[0].name, GetParam().name);
  EXPECT_EQ(item.authors[0].email, GetParam().email);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, AuthorTest,
    testing::Values(Person{"a@b.example (Ann Lee)", "Ann Lee", "a@b.example"},
                    Person{"Ann Lee (a@b.example)", "Ann Lee", "a@b.example"},
                    Person{"Ann Lee &lt;a+news@b.example&gt;", "Ann Lee", "a+news@b.example"},
                    Person{"&lt;a@b.example&gt; Ann Lee", "Ann Lee", "a@b.example"},
                    Person{"a@b.example, Ann Lee", "Ann Lee", "a@b.example"},
                    Person{"a@b.example - Ann Lee", "Ann Lee", "a@b.example"},
                    Person{"\"Ann Lee\" a@b.example", "Ann Lee", "a@b.example"},
                    Person{"mailto:a@b.example", "", "a@b.example"},
                    Person{"&lt;b&gt;Ann &amp;amp; Lee&lt;/b&gt;", "Ann & Lee", ""},
                    Person{"@ann_lee", "@ann_lee", ""}));

TEST(ItemLanguage, IsThatOfTheTitleWhereThereIsNoOtherText) {
  EXPECT_EQ(entry("<title xml:lang='fa'>x</title>", "xml:lang='en'").language, "fa");
  EXPECT_EQ(entry("<title xml:lang=''>x</title>", "xml:lang='en'").language, "");
  EXPECT_EQ(entry("<title xml:lang='fa'>x</title><summary>y</summary>").language, "");
}

TEST(ItemContent, HasTheLanguageAndBaseOfTheDivThatWrapsIt) {
  const auto item = entry(
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' xml:lang='fr' "
      "xml:base='https://other.example/a/'><a href='b'>c</a></div></content>");
  EXPECT_EQ(item.language, "fr");
  EXPECT_THAT(item.content_html, HasSubstr("https://other.example/a/b"));
}

TEST(ItemContent, IsTheSamePlainTextWhereNoHtmlIsWanted) {
  Limits plain;
  plain.html = Html::leave_out;
  for (const std::string document :
       {"<rss version='2.0'><channel><item><description>&lt;p&gt;One&lt;p&gt;two &amp;amp; "
        "three</description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>&lt;p&gt;One&lt;p"
        "&gt;two &amp;amp; three</content></entry></feed>",
        R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1",)"
        R"("content_html":"<p>One<p>two &amp; three"}]})"}) {
    const auto feed = parse_feed(document, {}, plain);
    ASSERT_TRUE(feed) << document;
    EXPECT_EQ(feed->items.at(0).content_text, "One\n\ntwo & three");
    EXPECT_EQ(feed->items.at(0).content_html, "");
    EXPECT_EQ(read(document).items.at(0).content_text, "One\n\ntwo & three");
  }
}

TEST(ItemId, IsTrimmedAndOtherwiseAsWritten) {
  EXPECT_EQ(rss_item("<guid>  HTTP://A.example/%7eb  c </guid>").id, "HTTP://A.example/%7eb  c");
}

TEST(ItemLink, IsTheAlternateAlsoByTheFullNameOfTheRelation) {
  EXPECT_EQ(entry("<link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>").url,
            "https://news.example/a");
}

TEST(ItemLink, StepsAboveTheRootLeadToTheRoot) {
  EXPECT_EQ(rss_item("<link>../../a/./b</link>").url, "https://news.example/a/b");
}

TEST(ItemLink, HasItsHostAsDnsHasIt) {
  EXPECT_EQ(rss_item("<link>http://пример.рф/путь</link>").url,
            "http://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C");
}

TEST(Images, AreFoundInHrefUrlAndText) {
  for (const char* image : {"<itunes:image href='/i.png'/>", "<itunes:image url='/i.png'/>",
                            "<itunes:image>/i.png</itunes:image>"}) {
    EXPECT_EQ(rss_item(image).image, "https://news.example/i.png") << image;
    EXPECT_EQ(rss(image).image, "https://news.example/i.png") << image;
  }
  EXPECT_EQ(rss_item("<media:thumbnail>/t.png</media:thumbnail>").image,
            "https://news.example/t.png");
  EXPECT_EQ(rss("<image url='/i.png'/>").image, "https://news.example/i.png");
}

TEST(Images, OfRdfStandBesideTheChannel) {
  const auto feed = read(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>"
      "<image><title>I</title><url>/i.png</url></image></rdf:RDF>");
  EXPECT_EQ(feed.image, "https://news.example/i.png");
  EXPECT_EQ(feed.title, "T");
}

TEST(Durations, AreReadInSecondsClocksAndUnits) {
  const auto seconds = [](const std::string& written) {
    const auto item =
        rss_item("<enclosure url='/a.mp3'/><itunes:duration>" + written + "</itunes:duration>");
    return item.attachments.at(0).duration.value_or(std::chrono::seconds{-1}).count();
  };
  EXPECT_EQ(seconds("3723"), 3723);
  EXPECT_EQ(seconds("1:02:03"), 3723);
  EXPECT_EQ(seconds("62:03"), 3723);
  EXPECT_EQ(seconds("PT1H2M3S"), 3723);
  EXPECT_EQ(seconds("1h 2m"), 3720);
  EXPECT_EQ(seconds("long"), -1);
}

TEST(Channels, OfRss11HoldTheirItemsInAList) {
  const auto feed = read(
      "<Channel xmlns='http://purl.org/net/rss1.1#'><title>T</title><items><item>"
      "<title>A</title></item></items></Channel>");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].title, "A");
}

TEST(Channels, MayBeSeveral) {
  const auto feed = read(
      "<rss version='2.0'><channel><title>T</title><item><title>A</title></item></channel>"
      "<channel><title>U</title><item><title>B</title></item></channel></rss>");
  EXPECT_EQ(feed.title, "T");
  EXPECT_EQ(feed.items.size(), 2U);
}

TEST(Rdf, IdentifiesItemsByAboutWhateverThePrefix) {
  const auto feed = read(
      "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/'><item r:about='http://a.example/1'><title>A</title></item>"
      "</r:RDF>");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].id, "http://a.example/1");
}

}  // namespace
}  // namespace tocsin::parser
