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
  std::vector<std::shared_ptr<const fetcher::FeedSpec>> feeds;
  for (const auto& one : before.feeds)
    feeds.push_back(std::make_shared<const fetcher::FeedSpec>(one));
  return describe_changes(feeds, before.delivery.receivers, after);
}

TEST(DescribeChanges, NamesWhatCameWentAndChanged) {
  config::Config before, after;
  before.feeds = {feed("a", "http://a/"), feed("b", "http://b/"), feed("c", "http://c/")};
  after.feeds = {feed("a", "http://a/"), feed("b", "http://moved/"), feed("d", "http://d/")};
  EXPECT_EQ(changes(before, after), "feeds: 1 added (d), 1 removed (c), 1 changed (b)");
}

TEST(DescribeChanges, SaysWhenFeedsAndReceiversAreAsTheyWere) {
  config::Config both;
  both.feeds = {feed("a", "http://a/")};
  EXPECT_EQ(changes(both, both), "nothing but watches or settings");
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

TEST(DescribeChanges, NamesFiveOfMany) {
  config::Config before, after;
  for (int i = 0; i < 7; ++i) after.feeds.push_back(feed("f" + std::to_string(i), "http://x/"));
  EXPECT_EQ(changes(before, after), "feeds: 7 added (f0, f1, f2, f3, f4, …)");
}

TEST(ReloadingMessage, TellsTheTime) {
  EXPECT_THAT(reloading_message(), testing::MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
}

}  // namespace
}  // namespace tocsin::daemon
