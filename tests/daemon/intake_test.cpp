// SPDX-License-Identifier: MIT
#include "daemon/intake.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr Timestamp kNow{1'800'000'000'000ms};

std::string item(std::string_view guid, std::string_view title, std::string_view link,
                 std::string_view text = "") {
  return "<item><guid isPermaLink=\"false\">" + std::string(guid) + "</guid><title>" +
         std::string(title) + "</title><link>https://n.example/" + std::string(link) +
         "</link><description>" + std::string(text) + "</description></item>";
}

class IntakeTest : public ::testing::Test {
 protected:
  IntakeTest() {
    rules::WatchSpec watch;
    watch.name = "jcpoa";
    watch.any.push_back({"JCPOA", {}, 0, false});
    rules::RuleSpec spec;
    spec.watches.push_back(watch);
    rules = rules::RuleSet::compile(spec).rules;
  }

  Intake take(const std::string& items) {
    IntakeInput input;
    input.document.body =
        "<rss version=\"2.0\"><channel><title>T</title>" + items + "</channel></rss>";
    input.document.final_url = "https://n.example/feed";
    input.feed.name = "wire";
    input.feed.first_fetch = first_fetch;
    input.first_fetch = first;
    input.seen = seen;
    input.rules = rules;
    input.pages = pages;
    input.now = kNow;
    auto result = take_in(input);
    if (result.seen_changed) seen = result.seen;
    first = false;
    return result;
  }

  std::shared_ptr<const rules::RuleSet> rules;
  PageRule pages{config::ArticleMode::when_short, 80};
  std::vector<std::uint64_t> seen;
  fetcher::FirstFetch first_fetch = fetcher::FirstFetch::all;
  bool first = false;
};

TEST_F(IntakeTest, WishesThePageOfANewItemAndOfItsEditionsNoMore) {
  const auto intake = take(item("1", "Talks", "1", "Talks go on."));
  ASSERT_EQ(intake.pages.size(), 1U);
  EXPECT_EQ(intake.pages[0].feed, "wire");
  EXPECT_EQ(intake.pages[0].key, intake.archive.at(0).key);
  EXPECT_EQ(intake.pages[0].url, "https://n.example/1");
  EXPECT_EQ(intake.pages[0].due, kNow);
  EXPECT_TRUE(take(item("1", "Talks", "1", "Talks ended.")).pages.empty());
  pages.mode = config::ArticleMode::never;
  EXPECT_TRUE(take(item("2", "Talks", "2", "Talks go on.")).pages.empty());
}

TEST_F(IntakeTest, WishesNoPagesForItemsThatAFirstFetchKeepsSilent) {
  first = true;
  first_fetch = fetcher::FirstFetch::silent;
  EXPECT_TRUE(take(item("1", "Talks", "1", "Talks go on.")).pages.empty());
  EXPECT_EQ(take(item("2", "More talks", "2", "Talks go on.")).pages.size(), 1U);
}

TEST_F(IntakeTest, FindsANewItemWithItsWatchesAndMarkedContext) {
  const auto intake = take(item("1", "Talks on the JCPOA", "1") + item("2", "Weather", "2"));
  ASSERT_EQ(intake.found.size(), 1U);
  const auto& found = intake.found[0];
  EXPECT_EQ(found.watches.at(0).name, "jcpoa");
  ASSERT_EQ(found.item.hits.size(), 1U);
  const auto& hit = found.item.hits[0];
  EXPECT_EQ(hit.hit.text, "JCPOA");
  EXPECT_EQ(hit.context.substr(hit.context_start, hit.context_end - hit.context_start), "JCPOA");
  EXPECT_EQ(intake.lesson.new_items, 2U);
  EXPECT_EQ(intake.archive.size(), 2U);
}

TEST_F(IntakeTest, FindsNothingInTheSameDocumentAgain) {
  const auto document = item("1", "Talks on the JCPOA", "1");
  EXPECT_EQ(take(document).found.size(), 1U);
  const auto again = take(document);
  EXPECT_EQ(again.found.size(), 0U);
  EXPECT_EQ(again.lesson.new_items, 0U);
  EXPECT_FALSE(again.seen_changed);
}

TEST_F(IntakeTest, KnowsAnItemAgainWhoseGuidChanged) {
  EXPECT_EQ(take(item("1", "Talks on the JCPOA", "1")).found.size(), 1U);
  EXPECT_EQ(take(item("1-changed", "Talks on the JCPOA", "1")).found.size(), 0U);
}

TEST_F(IntakeTest, KeepsSeveralItemsWithOneGuidApart) {
  EXPECT_EQ(take(item("1", "JCPOA: first", "1") + item("1", "JCPOA: second", "2")).found.size(),
            2U);
}

TEST_F(IntakeTest, FindsAnEditedItemThatMatchesAsAnUpdate) {
  take(item("1", "Talks", "1", "On the weather."));
  const auto edited = take(item("1", "Talks", "1", "On the JCPOA."));
  ASSERT_EQ(edited.found.size(), 1U);
  EXPECT_TRUE(edited.found[0].item.update);
  EXPECT_EQ(edited.archive.size(), 1U);
  EXPECT_EQ(edited.lesson.new_items, 0U);
}

TEST_F(IntakeTest, FindsNoEditionThatItSawBefore) {
  take(item("1", "Talks", "1", "On the JCPOA."));
  take(item("1", "Talks", "1", "On the weather."));
  EXPECT_EQ(take(item("1", "Talks", "1", "On the JCPOA.")).found.size(), 0U);
}

TEST_F(IntakeTest, LeavesOfAnUpdateTheWatchesThatDidNotMatchBefore) {
  FoundItem found = take(item("1", "Talks on the JCPOA", "1")).found.at(0);
  found.watches.push_back({"talks", Severity::low, {}});
  EXPECT_TRUE(keep_unmatched(found, {"jcpoa", "weather"}));
  EXPECT_THAT(found.watches, ElementsAre(::testing::Field(&EventWatch::name, "talks")));
  EXPECT_TRUE(found.item.hits.empty());
  EXPECT_FALSE(keep_unmatched(found, {"talks"}));
}

TEST_F(IntakeTest, PassesSilentlyOverAFirstDocumentUnlessAskedOtherwise) {
  first = true;
  first_fetch = fetcher::FirstFetch::silent;
  EXPECT_EQ(take(item("1", "Talks on the JCPOA", "1")).found.size(), 0U);
  const auto next =
      take(item("2", "More on the JCPOA", "2") + item("1", "Talks on the JCPOA", "1"));
  EXPECT_EQ(next.found.size(), 1U);
}

TEST_F(IntakeTest, AlertsOnlyRecentItemsOfAFirstDocumentWhenAskedTo) {
  first = true;
  first_fetch = fetcher::FirstFetch::recent;
  const auto dated = [](std::string_view guid, std::string_view date) {
    auto text = item(guid, "JCPOA " + std::string(guid), guid);
    return text.insert(6, "<pubDate>" + std::string(date) + "</pubDate>");
  };
  const auto intake = take(dated("old", "Mon, 04 Jan 2027 00:00:00 GMT") +
                           dated("young", "Fri, 15 Jan 2027 06:00:00 GMT"));
  ASSERT_EQ(intake.found.size(), 1U);
  EXPECT_EQ(intake.found[0].item.id, "young");
}

TEST_F(IntakeTest, SaysWhyADocumentIsNoFeed) {
  IntakeInput input;
  input.document.body = "<!DOCTYPE html><html><body>Sign in</body></html>";
  input.rules = rules;
  const auto intake = take_in(input);
  EXPECT_FALSE(intake.lesson.parsed);
  EXPECT_NE(intake.lesson.error.find("HTML"), std::string::npos) << intake.lesson.error;
  EXPECT_FALSE(intake.seen_changed);
}

TEST(Remember, PutsTheKeysOfTheNewestDocumentLast) {
  EXPECT_THAT(remember({1, 2, 3}, {2, 4}), ElementsAre(1, 3, 2, 4));
}

TEST(Remember, ForgetsTheOldestBeyondTenDocuments) {
  std::vector<std::uint64_t> seen;
  for (std::uint64_t key = 1; key <= 5'000; ++key) seen.push_back(key);
  std::vector<std::uint64_t> document;
  for (std::uint64_t key = 10'000; key < 10'100; ++key) document.push_back(key);
  const auto kept = remember(seen, document);
  EXPECT_EQ(kept.size(), 1'000U);
  EXPECT_EQ(kept.back(), 10'099U);
  EXPECT_EQ(kept.front(), 4'101U);
}

}  // namespace
}  // namespace tocsin::daemon
