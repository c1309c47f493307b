// SPDX-License-Identifier: MIT
#include "daemon/page_rule.hpp"

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

using config::ArticleMode;

Item item(std::string_view title, std::string_view summary, std::string_view text = {}) {
  Item out;
  out.title = title;
  out.summary = summary;
  out.content_text = text;
  return out;
}

std::shared_ptr<const rules::RuleSet> rules_of(std::string_view query) {
  rules::WatchSpec watch;
  watch.name = "w";
  watch.query = {std::string(query), {}, 0, false};
  rules::RuleSpec spec;
  spec.watches.push_back(std::move(watch));
  return rules::RuleSet::compile(spec).rules;
}

bool wanted(PageRule rule, const Item& item) {
  return wants_page(rule, item, *rules_of("Iran AND nuclear"), {});
}

TEST(PageRule, WantsPagesOfItemsWhoseTextIsShort) {
  const PageRule rule{ArticleMode::when_short, 4};
  EXPECT_TRUE(wanted(rule, item("A title of more than four words", "three words only")));
  EXPECT_FALSE(wanted(rule, item("Title", "just enough words here")));
  EXPECT_FALSE(wanted(rule, item("Title", "two words", "and two")));
  EXPECT_TRUE(wanted(rule, item("Title", "")));
}

TEST(PageRule, WantsPagesOfItemsThatMentionSomethingOfAWatch) {
  const PageRule rule{ArticleMode::on_prefilter, 4};
  EXPECT_TRUE(wanted(rule, item("Iran", "Talks go on")));
  EXPECT_FALSE(wanted(rule, item("Ferry", "Calm weather")));
}

TEST(PageRule, WantsAllOrNone) {
  const auto empty = item("", "");
  const auto longer = item("Title", "many words more than there are in the rule");
  EXPECT_FALSE(wanted({ArticleMode::never, 4}, empty));
  EXPECT_TRUE(wanted({ArticleMode::always, 4}, longer));
}

TEST(WordsOfText, CountAnIntroductionThatTheTextRepeatsOnce) {
  EXPECT_EQ(words_of_text(item("Title", "Talks go on", "Talks go on in Oman")), 5U);
}

}  // namespace
}  // namespace tocsin::daemon
