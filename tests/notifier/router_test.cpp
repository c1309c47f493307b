// SPDX-License-Identifier: MIT
#include "notifier/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::notifier {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Matcher> matchers(std::initializer_list<const char*> texts) {
  std::vector<Matcher> all;
  for (const auto* text : texts) all.push_back(*parse_matcher(text));
  return all;
}

Route route(std::string id, std::string receiver, std::initializer_list<const char*> when = {}) {
  Route one;
  one.id = std::move(id);
  one.receiver = std::move(receiver);
  one.matchers = matchers(when);
  return one;
}

/// The tree of the configuration's full example.
DeliverySpec desk() {
  DeliverySpec spec;
  spec.root = route("root", "desk-mail");
  spec.root.group_by = {"watch", "story"};
  auto critical = route("root/0", "ops-hook", {"severity=critical"});
  critical.continues = true;
  spec.root.routes = {critical, route("root/1", "digest-mail", {"severity=low"})};
  spec.inhibit = {{matchers({"watch=leaders-together"}), matchers({"watch=names"}), {"story"}}};
  return spec;
}

EventItem item(std::string id = "1", std::string story = "s") {
  EventItem one;
  one.id = std::move(id);
  one.story = std::move(story);
  one.feed.name = "tass";
  return one;
}

EventWatch watch(std::string name, Severity severity = Severity::normal, Labels labels = {}) {
  return {std::move(name), severity, std::move(labels)};
}

/// "receiver: watch watch" for each notification.
std::vector<std::string> told(const DeliverySpec& spec, const EventItem& one,
                              const std::vector<EventWatch>& watches) {
  std::vector<std::string> all;
  for (const auto& notification : Router(spec).route(one, watches, {})) {
    auto& text = all.emplace_back(notification.receiver + ":");
    for (const auto& other : notification.watches) text += ' ' + other.name;
  }
  return all;
}

TEST(Router, FollowsTheExampleOfTheDocumentation) {
  EXPECT_THAT(told(desk(), item(),
                   {watch("jcpoa", Severity::high), watch("astana-talks", Severity::high),
                    watch("leaders-together", Severity::critical), watch("names", Severity::low)}),
              ElementsAre("desk-mail: jcpoa astana-talks", "ops-hook: leaders-together"));
}

TEST(Router, GivesTheDefaultReceiverWhatNoRouteTakes) {
  EXPECT_THAT(told(desk(), item(), {watch("jcpoa")}), ElementsAre("desk-mail: jcpoa"));
  EXPECT_THAT(told(desk(), item(), {watch("names", Severity::low)}),
              ElementsAre("digest-mail: names"));
}

TEST(Router, LeadsHealthAlertsThroughTheSameTree) {
  auto spec = desk();
  spec.root.routes.push_back(route("root/2", "sre", {"type=health", "kind=~feed_.*"}));
  const Router router(spec);
  const auto about_feed =
      router.route_health({"feed_down", "tass", "it is down"}, {"tass", "", {}}, {});
  ASSERT_THAT(about_feed, SizeIs(1));
  EXPECT_EQ(about_feed[0].receiver, "sre");
  EXPECT_EQ(about_feed[0].type, EventType::health);
  EXPECT_EQ(about_feed[0].health_text, "it is down");
  const auto about_disk = router.route_health({"disk_nearly_full", "/var", "full"}, {}, {});
  ASSERT_THAT(about_disk, SizeIs(1));
  EXPECT_EQ(about_disk[0].receiver, "desk-mail") << "no route took it";
}

TEST(Router, GoesOnBehindARouteThatContinues) {
  auto spec = desk();
  spec.root.routes.push_back(route("root/2", "archive", {"watch=~\".*\""}));
  EXPECT_THAT(told(spec, item(), {watch("x", Severity::critical)}),
              ElementsAre("ops-hook: x", "archive: x"));
}

TEST(Router, SendsOneNotificationToAReceiverThatTwoRoutesLeadTo) {
  auto spec = desk();
  spec.root.routes[1].receiver = "ops-hook";
  spec.root.routes[1].matchers.clear();
  EXPECT_THAT(told(spec, item(), {watch("a", Severity::low), watch("b", Severity::critical)}),
              ElementsAre("ops-hook: a b"));
}

TEST(Router, LetsTheMostSevereWatchDecideRouteAndGroup) {
  auto spec = desk();
  spec.root.routes = {route("root/0", "desk-mail", {"severity=critical"})};
  spec.root.routes[0].group_by = {"watch"};
  const auto all = Router(spec).route(
      item(), {watch("a"), watch("b", Severity::critical), watch("c", Severity::high)}, {});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].route, "root/0");
  EXPECT_EQ(all[0].severity, Severity::critical);
  EXPECT_EQ(all[0].group_labels, (Labels{{"watch", "b"}}));
  EXPECT_THAT(all[0].watches, SizeIs(3));
}

TEST(Router, DescendsIntoRoutesBelowRoutes) {
  auto spec = desk();
  spec.root.routes[0].routes = {route("root/0/0", "syria-desk", {"topic=syria"})};
  EXPECT_THAT(told(spec, item(), {watch("x", Severity::critical, {{"topic", "syria"}})}),
              ElementsAre("syria-desk: x"));
  EXPECT_EQ(Router(spec).find("root/0/0")->receiver, "syria-desk");
  EXPECT_EQ(Router(spec).find("root/7"), nullptr);
}

TEST(Router, TellsNobodyWhereNoRouteHasAReceiver) {
  auto spec = desk();
  spec.root.receiver.clear();
  EXPECT_THAT(told(spec, item(), {watch("x")}), IsEmpty());
}

TEST(Router, InhibitsOnlyWhereTheEqualValuesAgree) {
  auto spec = desk();
  spec.inhibit[0].equal = {"topic"};
  const auto names = watch("names", Severity::low, {{"topic", "a"}});
  EXPECT_THAT(
      told(spec, item(), {watch("leaders-together", Severity::high, {{"topic", "b"}}), names}),
      ElementsAre("desk-mail: leaders-together", "digest-mail: names"));
  EXPECT_THAT(
      told(spec, item(), {watch("leaders-together", Severity::high, {{"topic", "a"}}), names}),
      ElementsAre("desk-mail: leaders-together"));
}

TEST(Router, GroupsByStoryAndByItemWhereThereIsNone) {
  const Router router(desk());
  auto key = [&](const EventItem& one) {
    return router.route(one, {watch("x")}, {}).at(0).group_key;
  };
  EXPECT_EQ(key(item("1", "s")), key(item("2", "s")));
  EXPECT_NE(key(item("1", "s")), key(item("1", "t")));
  EXPECT_NE(key(item("1", "")), key(item("2", "")));
}

TEST(Router, KeepsStoriesApartWhenTheyAreToBeSeparate) {
  auto spec = desk();
  spec.dedup.story = StoryAction::separate;
  const Router router(spec);
  EXPECT_NE(router.route(item("1", "s"), {watch("x")}, {}).at(0).group_key,
            router.route(item("2", "s"), {watch("x")}, {}).at(0).group_key);
}

TEST(Router, DerivesIdsFromContentAlone) {
  const auto first = Router(desk()).route(item(), {watch("x")}, Timestamp{});
  const auto later = Router(desk()).route(item(), {watch("x")}, Timestamp{std::chrono::hours{1}});
  EXPECT_EQ(first.at(0).id, later.at(0).id);
  EXPECT_NE(first.at(0).id, Router(desk()).route(item("2"), {watch("x")}, {}).at(0).id);
}

TEST(Router, TakesALaterEditionForANotificationOfItsOwn) {
  const Router router(desk());
  auto edition = item();
  const auto first = router.route(edition, {watch("x")}, {}).at(0).id;
  edition.update = true;
  edition.title = "Corrected";
  const auto second = router.route(edition, {watch("x")}, {}).at(0).id;
  EXPECT_NE(first, second);
  EXPECT_EQ(second, router.route(edition, {watch("x")}, {}).at(0).id);
}

TEST(Router, LeavesOutHitsOfWatchesThatTheReceiverIsNotToldOf) {
  auto one = item();
  one.hits = {{"jcpoa", {}, "", 0, 0}, {"names", {}, "", 0, 0}};
  const auto all = Router(desk()).route(one, {watch("jcpoa"), watch("names", Severity::low)}, {});
  ASSERT_THAT(all, SizeIs(2));
  ASSERT_THAT(all[0].item.hits, SizeIs(1));
  EXPECT_EQ(all[0].item.hits[0].watch, "jcpoa");
}

TEST(Router, ExplainsEachStep) {
  const auto steps =
      Router(desk()).explain(item(), {watch("leaders-together", Severity::critical),
                                      watch("names", Severity::low), watch("plain")});
  std::string text;
  for (const auto& step : steps)
    text += step.watch + (step.entered ? " + " : " - ") + step.route + ": " + step.reason +
            (step.receiver.empty() ? "" : " => " + step.receiver) + '\n';
  EXPECT_THAT(text, HasSubstr("leaders-together + root/0: it has no routes below => ops-hook\n"));
  EXPECT_THAT(text, HasSubstr("names - : inhibited by another watch of this item\n"));
  EXPECT_THAT(text,
              HasSubstr("plain - root/1: severity=\"low\" does not hold: it is \"normal\"\n"));
  EXPECT_THAT(text, HasSubstr("plain + root: no route below took it => desk-mail\n"));
}

}  // namespace
}  // namespace tocsin::notifier
