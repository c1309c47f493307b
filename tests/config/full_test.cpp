// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/support.hpp"

// Every value of files/full.yaml, a file in which nearly every key is used.
namespace tocsin::config {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Pair;

const Config& full() {
  trust_secrets_of_tests();
  static const Loaded loaded = load(folder() + "/files/full.yaml");
  EXPECT_EQ(describe(loaded), "");
  return loaded.config;
}

TEST(FullConfig, HoldsWhatFetchSays) {
  const auto& config = full();
  EXPECT_EQ(config.fetch.user_agent, "tocsin/1.0 (+mailto:editors@example.org)");
  EXPECT_EQ(config.fetch.min_interval, 10min);
  EXPECT_EQ(config.fetch.max_interval, 12h);
  EXPECT_EQ(config.fetch.per_host_concurrency, 2U);
  EXPECT_EQ(config.fetch.per_host_spacing, 3s);
  EXPECT_EQ(config.articles, ArticleMode::on_prefilter);
  EXPECT_EQ(config.article_min_words, 90U);
}

TEST(FullConfig, HoldsFeedsAndTheSubscriptionList) {
  const auto& feeds = full().feeds;
  ASSERT_EQ(feeds.size(), 6U);
  EXPECT_EQ(feeds[0].name, "agency");
  EXPECT_THAT(feeds[0].labels, ElementsAre(Pair("country", "ir"), Pair("kind", "agency")));
  EXPECT_EQ(feeds[0].first_fetch, fetcher::FirstFetch::recent);
  EXPECT_EQ(feeds[1].silent_after, 12h);
  EXPECT_EQ(feeds[2].interval, 5min);
  EXPECT_EQ(feeds[2].password, "wiki word");
  EXPECT_THAT(feeds[2].headers, ElementsAre(Pair("X-Team", "desk")));
  EXPECT_EQ(feeds[3].name, "Oil notes");
  EXPECT_EQ(feeds[3].url, "https://oil.example/feed");
  EXPECT_THAT(feeds[3].labels, ElementsAre(Pair("folder", "Energy"), Pair("kind", "blog")));
  EXPECT_EQ(feeds[4].name, "Grid");
  EXPECT_EQ(feeds[5].name, "wire-2") << "a configured feed has the name already";
}

TEST(FullConfig, HoldsEntitiesAndLists) {
  const auto& rules = full().rules;
  ASSERT_EQ(rules.entities.size(), 3U);
  EXPECT_EQ(rules.entities[0].key, "leader");
  EXPECT_EQ(rules.entities[0].name.text, "Ali Khamenei");
  EXPECT_EQ(rules.entities[0].native.size(), 2U);
  EXPECT_EQ(rules.entities[1].bare_surname, rules::BareSurname::always);
  EXPECT_EQ(rules.entities[2].kind, rules::EntityKind::term);
  EXPECT_EQ(rules.entities[2].acronym, "JCPOA");
  ASSERT_EQ(rules.lists.size(), 1U);
  EXPECT_EQ(rules.lists[0].terms.size(), 3U);
}

TEST(FullConfig, HoldsWatches) {
  const auto& watches = full().rules.watches;
  ASSERT_EQ(watches.size(), 5U);
  EXPECT_EQ(watches[0].severity, Severity::high);
  EXPECT_EQ(watches[0].query->text, "@deal");
  EXPECT_THAT(watches[1].labels, ElementsAre(Pair("topic", "syria")));
  EXPECT_THAT(watches[3].fields, ElementsAre(Field::title));
  EXPECT_TRUE(watches[3].lead_only);
  EXPECT_THAT(watches[3].feeds, ElementsAre(Pair("kind", "agency")));
  EXPECT_THAT(watches[3].languages, ElementsAre("en", "fa", "ru"));
  EXPECT_EQ(watches[3].max_age, 48h);
  const auto& envoy = *watches[4].entity;
  EXPECT_EQ(envoy.name.text, "Sergey Lavrov");
  EXPECT_EQ(envoy.aliases.at(0).text, "Lavrov S. V.");
  EXPECT_EQ(envoy.exclude.at(0).text, "Mikhail Lavrov");
  EXPECT_EQ(envoy.bare_surname, rules::BareSurname::with_context);
  EXPECT_EQ(envoy.fuzzy, rules::Fuzzy::loose);
}

TEST(FullConfig, FillsInWhatRoutesInherit) {
  const auto& root = full().delivery.root;
  EXPECT_EQ(root.id, "root");
  EXPECT_EQ(root.wait, 2min);
  ASSERT_EQ(root.routes.size(), 2U);
  const auto& critical = root.routes[0];
  EXPECT_EQ(critical.id, "root/0");
  EXPECT_EQ(critical.receiver, "hook");
  EXPECT_EQ(critical.wait, 0ms);
  EXPECT_EQ(critical.every, 30min) << "inherited";
  EXPECT_EQ(critical.quiet_action, notifier::QuietAction::deliver);
  EXPECT_TRUE(critical.continues);
  EXPECT_EQ(critical.matchers.at(0).name, "severity");
  EXPECT_EQ(critical.matchers.at(0).value, "critical");
  ASSERT_EQ(root.routes[1].routes.size(), 1U);
  EXPECT_EQ(root.routes[1].routes[0].id, "root/1/0");
  EXPECT_EQ(root.routes[1].routes[0].matchers.at(0).op, notifier::Matcher::Op::matches);
  EXPECT_THAT(root.routes[1].routes[0].quiet_during, ElementsAre("night"));
}

TEST(FullConfig, HoldsReceivers) {
  const auto& receivers = full().delivery.receivers;
  ASSERT_EQ(receivers.size(), 3U);
  const auto& email = *receivers[0].email;
  EXPECT_EQ(email.server.host, "mail.example.org");
  EXPECT_EQ(email.server.port, 587);
  EXPECT_EQ(email.server.username, "editors");
  EXPECT_EQ(email.server.password, "open sesame");
  EXPECT_EQ(email.from, "watch@example.org");
  EXPECT_EQ(email.from_name, "Watch");
  EXPECT_EQ(receivers[0].throttle->count, 20U);
  EXPECT_EQ(receivers[0].throttle->per, 1h);
  EXPECT_THAT(receivers[1].digest->at_minutes, ElementsAre(7 * 60 + 30, 18 * 60));
  EXPECT_EQ(receivers[1].digest->min_items, 2U);
  EXPECT_EQ(receivers[2].webhook->secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ(receivers[2].retry.give_up_after, 24h);
  EXPECT_EQ(receivers[2].retry.max_interval, 30min);
}

TEST(FullConfig, HoldsTimesAndInhibition) {
  const auto& delivery = full().delivery;
  EXPECT_EQ(delivery.timezone, "Europe/Helsinki");
  ASSERT_EQ(delivery.intervals.size(), 1U);
  const auto& night = delivery.intervals[0];
  ASSERT_EQ(night.windows.size(), 2U);
  EXPECT_EQ(night.windows[0].times.at(0).from_minute, 22 * 60);
  EXPECT_EQ(night.windows[0].times.at(0).to_minute, 6 * 60 + 30);
  EXPECT_THAT(night.windows[1].weekdays, ElementsAre(6, 0));
  EXPECT_EQ(night.windows[1].timezone, "Europe/Berlin");
  ASSERT_EQ(delivery.inhibit.size(), 1U);
  EXPECT_EQ(delivery.inhibit[0].source.at(0).value, "together");
  EXPECT_THAT(delivery.inhibit[0].equal, ElementsAre("story"));
}

TEST(FullConfig, HoldsTheRest) {
  const auto& config = full();
  EXPECT_EQ(config.delivery.dedup.window, 36h);
  EXPECT_FALSE(config.delivery.dedup.canonical_url);
  EXPECT_EQ(config.delivery.dedup.story, notifier::StoryAction::drop);
  EXPECT_EQ(config.delivery.health.receiver, "desk-mail");
  EXPECT_EQ(config.delivery.health.feed_down_after, 5h);
  EXPECT_EQ(config.delivery.health.heartbeat.url, "https://beat.example/desk");
  EXPECT_EQ(config.delivery.health.heartbeat.every, 2min);
  EXPECT_EQ(config.storage.keep_items, 24h * 30);
  EXPECT_EQ(config.server.listen, "127.0.0.1:8787");
  EXPECT_FALSE(config.server.metrics);
}

TEST(FullConfig, HoldsTests) {
  const auto& tests = full().tests;
  ASSERT_EQ(tests.size(), 2U);
  EXPECT_EQ(tests[0].feed, "agency");
  EXPECT_EQ(tests[0].item.authors.at(0).name, "A. Reporter");
  EXPECT_TRUE(tests[0].item.published.has_value());
  EXPECT_THAT(*tests[0].expect, ElementsAre("deal", "talks", "together", "names"));
  EXPECT_THAT(*tests[0].receivers, ElementsAre("hook", "desk-mail"));
  EXPECT_TRUE(tests[1].expect->empty());
  EXPECT_FALSE(tests[1].receivers.has_value());
}

}  // namespace
}  // namespace tocsin::config
