// SPDX-License-Identifier: MIT
#include "daemon/page_intake.hpp"

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kTeaser = "Talks in Oman go on.";

std::string paragraph(std::string_view text) {
  return "<p>" + std::string(text) +
         " The delegations met in the morning and again in the evening, and both sides said that "
         "the talks had been long, difficult and useful, without saying what they were about.</p>";
}

std::string page_of(std::string_view text) {
  return "<html lang=en><body><nav><a href=/>Home</a></nav><article><h1>Talks</h1>" +
         paragraph(text) + paragraph("It rained.") + paragraph("Nobody spoke to the press.") +
         "</article></body></html>";
}

class PageIntakeTest : public ::testing::Test {
 protected:
  PageIntakeTest() {
    rules::WatchSpec watch;
    watch.name = "jcpoa";
    watch.any.push_back({"JCPOA", {}, 0, false});
    rules::RuleSpec spec;
    spec.watches.push_back(std::move(watch));
    input.rules = rules::RuleSet::compile(spec).rules;
    input.feed.name = "wire";
    input.item.key = "k1";
    input.item.found = Timestamp{5s};
    input.item.item.title = "Talks";
    input.item.item.content_text = kTeaser;
    input.page.content_type = "text/html; charset=utf-8";
    input.page.final_url = "https://news.example/1";
  }
  PageInput input;
};

TEST_F(PageIntakeTest, MatchesTheArticleInPlaceOfTheTeaser) {
  input.page.body = page_of("Diplomats spoke of the JCPOA until late.");
  const auto intake = take_in_page(input);
  EXPECT_NE(intake.text.find("spoke of the JCPOA"), std::string::npos);
  EXPECT_EQ(intake.text.find("Home"), std::string::npos);
  ASSERT_EQ(intake.matches.size(), 1U);
  ASSERT_TRUE(intake.found);
  EXPECT_EQ(intake.found->key, "k1");
  EXPECT_EQ(intake.found->item.found, Timestamp{5s});
  ASSERT_EQ(intake.found->item.hits.size(), 1U);
  EXPECT_NE(intake.found->item.hits[0].context.find("spoke of the JCPOA until"), std::string::npos);
}

TEST_F(PageIntakeTest, MatchesTheTeaserTogetherWithAnArticleThatDoesNotRepeatIt) {
  rules::RuleSpec spec;
  rules::WatchSpec watch;
  watch.name = "both";
  watch.query = {"Oman AND JCPOA", {}, 0, false};
  spec.watches.push_back(std::move(watch));
  input.rules = rules::RuleSet::compile(spec).rules;
  input.page.body = page_of("Diplomats spoke of the JCPOA until late.");
  const auto intake = take_in_page(input);
  EXPECT_EQ(intake.text.find("Oman"), std::string::npos);
  EXPECT_EQ(intake.matches.size(), 1U);
}

TEST_F(PageIntakeTest, KeepsTheArticleWhereNothingMatches) {
  input.page.body = page_of("Diplomats spoke of the weather.");
  const auto intake = take_in_page(input);
  EXPECT_FALSE(intake.text.empty());
  EXPECT_TRUE(intake.matches.empty());
  EXPECT_FALSE(intake.found);
}

TEST_F(PageIntakeTest, CountsAPageThatSaysNoMoreThanTheFeedForNothing) {
  for (const auto* body : {"", "<p>Subscribe to read about the JCPOA", "\xff\xfe garbage"}) {
    input.page.body = body;
    input.item.item.content_text = std::string(kTeaser) + " Read on with a subscription, please.";
    const auto intake = take_in_page(input);
    EXPECT_TRUE(intake.text.empty()) << intake.text;
    EXPECT_FALSE(intake.found);
  }
}

}  // namespace
}  // namespace tocsin::daemon
