// SPDX-License-Identifier: MIT
#include "notifier/sifter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "delivery_rig.hpp"
#include "store/admin.hpp"

namespace tocsin::notifier {
namespace {

using ::testing::SizeIs;

struct UrlCase {
  const char *url, *canonical;
};
class ArticleUrlTest : public ::testing::TestWithParam<UrlCase> {};
TEST_P(ArticleUrlTest, IsTheSameForTheSameArticle) {
  EXPECT_EQ(article_url(GetParam().url), GetParam().canonical);
}
INSTANTIATE_TEST_SUITE_P(
    All, ArticleUrlTest,
    ::testing::Values(UrlCase{"https://www.Example.org/a/b/", "example.org/a/b"},
                      UrlCase{"http://example.org/a/b#top", "example.org/a/b"},
                      UrlCase{"https://example.org/a?utm_source=x&id=3&fbclid=y",
                              "example.org/a?id=3"},
                      UrlCase{"https://example.org/?b=2&a=1", "example.org?a=1&b=2"},
                      UrlCase{"https://example.org/", ""}, UrlCase{"https://example.org", ""},
                      UrlCase{"https://example.org/?utm_source=x", ""}, UrlCase{"mailto:a@b", ""},
                      UrlCase{"ftp://example.org/a", ""}, UrlCase{"", ""}));

class SifterTest : public ::testing::Test {
 protected:
  EventItem article(const std::string& id, const std::string& feed, const std::string& url) {
    auto one = rig_.item(id, id);
    one.feed.name = feed;
    one.url = url;
    return one;
  }
  void arrive(const EventItem& one, std::vector<EventWatch> watches = {{"w", {}, {}}}) {
    rig_.arrive(one, watches);
    rig_.settle();
  }
  static constexpr const char* kUrl = "https://example.org/story/1";
  DeliveryRig rig_;
};

TEST_F(SifterTest, TellsAnArticleOfSeveralFeedsOnce) {
  rig_.start();
  arrive(article("a", "tass", kUrl));
  arrive(article("b", "aggregator", "http://www.example.org/story/1/?utm_source=feed"));
  EXPECT_EQ(rig_.titles(), "[a]");
}

TEST_F(SifterTest, RemembersAcrossARestartWhatWasTold) {
  rig_.start();
  arrive(article("a", "tass", kUrl));
  rig_.restart();
  arrive(article("b", "aggregator", kUrl));
  EXPECT_EQ(rig_.titles(), "[a]");
  rig_.advance(hours{73});
  arrive(article("c", "aggregator", kUrl));
  EXPECT_EQ(rig_.titles(), "[a][c]") << "the window is over";
}

TEST_F(SifterTest, TellsWhatComesTogetherOnce) {
  rig_.spec.root.routes[0].wait = minutes{1};
  rig_.start();
  arrive(article("a", "tass", kUrl));
  arrive(article("b", "aggregator", kUrl));
  rig_.advance(minutes{1});
  EXPECT_EQ(rig_.titles(), "[a]");
}

TEST_F(SifterTest, RecognisesAnArticleByItsWordsUnderAnotherLink) {
  rig_.start();
  auto one = article("a", "tass", "https://tass.example/1");
  one.summary = std::string(100, 'x');
  arrive(one);
  one.id = "b";
  one.feed.name = "irna";
  one.url = "https://irna.example/2";
  arrive(one);
  EXPECT_EQ(rig_.titles(), "[a]");
}

TEST_F(SifterTest, NeverMergesItemsOfOneFeed) {
  rig_.start();
  arrive(article("a", "tass", kUrl));
  arrive(article("b", "tass", kUrl));
  EXPECT_EQ(rig_.titles(), "[a][b]") << "the parser found them to be different";
}

TEST_F(SifterTest, NeverMergesItemsThatLinkToAFrontPage) {
  rig_.start();
  arrive(article("a", "tass", "https://example.org/"));
  arrive(article("b", "irna", "https://example.org/"));
  EXPECT_EQ(rig_.titles(), "[a][b]");
}

TEST_F(SifterTest, TellsOfAWatchThatIsNew) {
  rig_.start();
  arrive(article("a", "tass", kUrl), {{"w", {}, {}}});
  arrive(article("b", "irna", kUrl), {{"w", {}, {}}, {"only-irna", {}, {}}});
  EXPECT_EQ(rig_.titles(), "[a][b]");
}

TEST_F(SifterTest, TellsALaterEdition) {
  rig_.start();
  arrive(article("a", "tass", kUrl));
  auto edition = article("a", "tass", kUrl);
  edition.update = true;
  edition.title = "corrected";
  arrive(edition);
  EXPECT_EQ(rig_.titles(), "[a][corrected]");
}

TEST_F(SifterTest, DropsLaterItemsOfAStoryWhereToldTo) {
  rig_.spec.dedup.story = StoryAction::drop;
  rig_.start();
  auto one = article("a", "tass", "https://tass.example/1");
  one.story = "s";
  arrive(one);
  auto other = article("b", "irna", "https://irna.example/2");
  other.story = "s";
  arrive(other);
  EXPECT_EQ(rig_.titles(), "[a]");
}

TEST_F(SifterTest, InhibitsByAnEarlierItemOfTheStory) {
  rig_.spec.inhibit = {{{*parse_matcher("watch=big")}, {*parse_matcher("watch=small")}, {"story"}}};
  rig_.start();
  auto one = article("a", "tass", "https://tass.example/1");
  one.story = "s";
  auto other = article("b", "irna", "https://irna.example/2");
  other.story = "s";
  arrive(other, {{"small", {}, {}}});
  arrive(one, {{"big", {}, {}}});
  other.id = other.title = "c";
  other.url.clear();
  arrive(other, {{"small", {}, {}}});
  other.story = "another";
  other.id = other.title = "d";
  arrive(other, {{"small", {}, {}}});
  EXPECT_EQ(rig_.titles(), "[b][a][d]");
}

TEST_F(SifterTest, ObeysASilenceThatASubcommandSets) {
  rig_.start();
  rig_.settle();
  {
    auto admin = *store::Admin::open(rig_.folder.path());
    const auto now = rig_.clock.now();
    ASSERT_TRUE(admin.add_silence({"s1", {"watch=\"w\""}, now, now + hours{1}, ""}));
  }
  arrive(article("a", "tass", ""));
  arrive(article("b", "tass", ""), {{"w", {}, {}}, {"other", {}, {}}});
  rig_.advance(hours{1});
  arrive(article("c", "tass", ""));
  EXPECT_EQ(rig_.titles(), "[b][c]") << "b has a watch that is not silenced";
}

TEST_F(SifterTest, SilencesHealthAlertsByTheirKind) {
  rig_.spec.health.receiver = "desk";
  rig_.start();
  rig_.settle();
  {
    auto admin = *store::Admin::open(rig_.folder.path());
    const auto now = rig_.clock.now();
    ASSERT_TRUE(admin.add_silence(
        {"s1", {"type=\"health\"", "kind=\"feed_down\""}, now, now + hours{1}, ""}));
  }
  const auto now = rig_.clock.now();
  ASSERT_TRUE(rig_.commit(rig_.service->route_health({"feed_down", "tass", "down"}, now)));
  ASSERT_TRUE(rig_.commit(rig_.service->route_health({"disk_full", "state", "full"}, now)));
  rig_.settle();
  ASSERT_THAT(rig_.sent, SizeIs(1));
  EXPECT_EQ(rig_.sent[0].event.health_kind, "disk_full");
}

TEST_F(SifterTest, SendsAgainWhatAnOperatorRetries) {
  rig_.answer = [&](const Delivery&) { return rig_.sent.empty() ? dead() : delivered(); };
  rig_.start();
  arrive(article("a", "tass", ""));
  {
    auto admin = *store::Admin::open(rig_.folder.path());
    store::OutboxQuery query;
    query.states = {store::OutboxState::dead};
    EXPECT_EQ(*admin.retry(query, rig_.clock.now()), 1);
  }
  rig_.advance(seconds{2});
  ASSERT_THAT(rig_.sent, SizeIs(2));
  EXPECT_EQ(rig_.sent[0].event.id, rig_.sent[1].event.id);
}

}  // namespace
}  // namespace tocsin::notifier
