// SPDX-License-Identifier: MIT
#include "daemon/reload.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

fetcher::FeedSpec feed(std::string name, std::string url) {
  fetcher::FeedSpec out;
  out.name = std::move(name);
  out.url = std::move(url);
  return out;
}

std::string changes(const config::Config& before, const config::Config& after) {
  return describe_changes(config::fingerprints(before), config::fingerprints(after));
}

TEST(DescribeChanges, NamesWhatCameWentAndChanged) {
  config::Config before, after;
  before.feeds = {feed("a", "http://a/"), feed("b", "http://b/"), feed("c", "http://c/")};
  after.feeds = {feed("a", "http://a/"), feed("b", "http://moved/"), feed("d", "http://d/")};
  EXPECT_EQ(changes(before, after), "feeds: 1 added (d), 1 removed (c), 1 changed (b)");
}

TEST(DescribeChanges, SaysWhenAllIsAsItWas) {
  config::Config both;
  both.feeds = {feed("a", "http://a/")};
  EXPECT_EQ(changes(both, both), "nothing");
}

TEST(DescribeChanges, NoticesANewSecretWithoutShowingIt) {
  config::Config before, after;
  notifier::ReceiverSpec desk;
  desk.name = "desk";
  desk.webhook.emplace();
  before.delivery.receivers = {desk};
  desk.webhook->secret = "very-secret";
  after.delivery.receivers = {desk};
  EXPECT_EQ(changes(before, after), "receivers: 1 changed (desk)");
}

TEST(DescribeChanges, NamesWatchesByWhatTheySayNotByWhereTheyStand) {
  const auto config = [](std::string query, std::uint32_t line) {
    config::Config out;
    auto& watch = out.rules.watches.emplace_back();
    watch.name = "talks";
    watch.at.line = line;
    watch.query = rules::Located{std::move(query), {"f", line, 1}};
    return out;
  };
  EXPECT_EQ(changes(config("Astana", 3), config("Astana", 9)), "nothing");
  EXPECT_EQ(changes(config("Astana", 3), config("Geneva", 3)), "watches: 1 changed (talks)");
}

TEST(DescribeChanges, NamesTheSectionsThatDiffer) {
  config::Config before, after;
  after.fetch.max_in_flight = 7;
  after.delivery.root.receiver = "desk";
  EXPECT_EQ(changes(before, after), "settings: fetch, route");
}

TEST(RestartNeeded, NamesWhatOnlyAStartReads) {
  config::Config started;
  started.storage.path = "/var/lib/tocsin";
  EXPECT_THAT(restart_needed(ReadAtStart(started), ReadAtStart(started)), testing::IsEmpty());
  auto wanted = started;
  wanted.storage.path = "/srv/tocsin";
  wanted.storage.keep_items = std::chrono::hours{24};  // in force at once
  wanted.server.token = "new";
  wanted.fetch.websub_callback = "https://desk.example.org/websub";
  EXPECT_THAT(restart_needed(ReadAtStart(started), ReadAtStart(wanted)),
              testing::ElementsAre("storage.path", "server.token", "fetch.websub.callback"));
}

TEST(RestartNeeded, IsSaidToWhoeverAskedForTheReload) {
  EXPECT_EQ(describe(Reloaded{"nothing", {}}), "reloaded; changed: nothing\n");
  EXPECT_EQ(describe(Reloaded{"settings: server", {"server.listen", "server.token"}}),
            "reloaded; changed: settings: server\n"
            "not in force before a restart: server.listen, server.token\n");
}

TEST(DescribeChanges, NamesFiveOfMany) {
  config::Config before, after;
  for (int i = 0; i < 7; ++i) after.feeds.push_back(feed("f" + std::to_string(i), "http://x/"));
  EXPECT_EQ(changes(before, after), "feeds: 7 added (f0, f1, f2, f3, f4, …)");
}

}  // namespace
}  // namespace tocsin::daemon
