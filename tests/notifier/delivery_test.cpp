// SPDX-License-Identifier: MIT
#include "notifier/delivery.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/notifier/delivery_rig.hpp"

namespace tocsin::notifier {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(Delivery, SendsAnItemWithAllItsWatchesOnce) {
  DeliveryRig rig;
  rig.start();
  rig.arrive(rig.item("1"), {{"jcpoa", Severity::high, {}}, {"names", Severity::low, {}}});
  ASSERT_TRUE(rig.settle());
  ASSERT_THAT(rig.sent, SizeIs(1));
  const auto& event = rig.sent[0].event;
  EXPECT_EQ(event.receiver, "desk");
  EXPECT_EQ(event.severity, Severity::high);
  EXPECT_THAT(event.watches, SizeIs(2));
  EXPECT_EQ(event.items.at(0).title, "Talks in Astana");
  EXPECT_EQ(only_row(rig).state, store::OutboxState::delivered);
}

TEST(Delivery, SendsEveryReceiverAndEveryTargetSeparately) {
  DeliveryRig rig;
  rig.spec = DeliveryRig::spec_for({"desk", "hook"});
  rig.targets = {"a@example.org", "b@example.org"};
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  std::set<std::string> to;
  for (const auto& delivery : rig.sent) to.insert(delivery.event.receiver + " " + delivery.target);
  EXPECT_THAT(to, ::testing::ElementsAre("desk a@example.org", "desk b@example.org",
                                         "hook a@example.org", "hook b@example.org"));
  EXPECT_THAT(rig.sent, SizeIs(4));
}

TEST(Delivery, RetriesWithTheSameIdAndCountsAttempts) {
  DeliveryRig rig;
  rig.answer = [](const Delivery& delivery) {
    return delivery.attempt < 3 ? retry_later() : delivered();
  };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1)) << "the next attempt is not due yet";
  EXPECT_EQ(only_row(rig).last_error, "503");
  for (int i = 0; i < 30; ++i) rig.advance(seconds{1});
  ASSERT_THAT(rig.sent, SizeIs(3));
  EXPECT_EQ(rig.sent[0].event.id, rig.sent[2].event.id);
  EXPECT_EQ(rig.sent[0].event.time, rig.sent[2].event.time);
  EXPECT_EQ(rig.sent[2].attempt, 3U);
}

TEST(Delivery, ObeysRetryAfterForTheWholeReceiver) {
  DeliveryRig rig;
  rig.spec.root.routes[0].group_by = {"story"};
  rig.answer = [&](const Delivery&) {
    Attempt busy = retry_later("429");
    busy.retry_after = minutes{2};
    return rig.sent.empty() ? busy : delivered();
  };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.arrive(rig.item("2"));
  rig.advance(seconds{119});
  EXPECT_THAT(rig.sent, SizeIs(1));
  rig.advance(seconds{2});
  EXPECT_THAT(rig.sent, SizeIs(3));
}

TEST(Delivery, KeepsWhatCannotBeDeliveredAsADeadLetter) {
  DeliveryRig rig;
  rig.answer = [](const Delivery&) { return dead(); };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.advance(hours{1});
  EXPECT_THAT(rig.sent, SizeIs(1));
  EXPECT_EQ(only_row(rig).state, store::OutboxState::dead);
  EXPECT_THAT(only_row(rig).last_error, HasSubstr("550"));
}

TEST(Delivery, GivesUpAfterTheConfiguredTimeAndTellsAnotherReceiver) {
  DeliveryRig rig;
  rig.spec = DeliveryRig::spec_for({"desk", "ops"});
  rig.spec.receivers[0].retry.give_up_after = hours{2};
  rig.spec.root.routes.resize(1);  // alerts go to desk alone
  rig.spec.health.receiver = "desk";
  rig.answer = [](const Delivery& d) {
    return d.event.receiver == "desk" ? retry_later() : delivered();
  };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  for (int i = 0; i < 150; ++i) rig.advance(minutes{1});
  store::OutboxQuery query;
  query.receiver = "desk";
  ASSERT_THAT(*rig.store->outbox(query), SizeIs(1));
  EXPECT_EQ((*rig.store->outbox(query))[0].state, store::OutboxState::dead);
  std::set<std::string> told;
  for (const auto& delivery : rig.sent)
    if (delivery.event.receiver == "ops") told.insert(delivery.event.health_kind);
  EXPECT_THAT(told, ::testing::ElementsAre("dead_letter", "delivery_failing"));
}

TEST(Delivery, StopsSendingToAReceiverThatIsGone) {
  DeliveryRig rig;
  rig.spec.root.routes[0].group_by = {"story"};
  rig.answer = [](const Delivery&) {
    return Attempt{Attempt::Outcome::disable, "410 gone", std::nullopt};
  };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.arrive(rig.item("2"));
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
  rig.advance(hours{97});
  store::OutboxQuery query;
  query.states = {store::OutboxState::dead};
  EXPECT_THAT(*rig.store->outbox(query), SizeIs(2)) << "what waited is given up visibly";
}

TEST(Delivery, HoldsUpNobodyElseWhenOneReceiverIsDead) {
  DeliveryRig rig;
  rig.spec = DeliveryRig::spec_for({"dead", "desk"});
  for (auto& route : rig.spec.root.routes) route.group_by = {"story"};
  rig.answer = [](const Delivery& d) {
    return d.event.receiver == "dead" ? retry_later() : delivered();
  };
  rig.start();
  for (int i = 0; i < 40; ++i) rig.arrive(rig.item(std::to_string(i)));
  rig.settle();
  const auto to_dead = std::count_if(rig.sent.begin(), rig.sent.end(), [](const auto& delivery) {
    return delivery.event.receiver == "dead";
  });
  EXPECT_EQ(rig.sent.size() - static_cast<std::size_t>(to_dead), 40U);
  EXPECT_LE(to_dead, 8) << "the breaker is open";
}

TEST(Delivery, DrainsSoonAfterAReceiverComesBack) {
  DeliveryRig rig;
  rig.spec.root.routes[0].group_by = {"story"};
  bool down = true;
  rig.answer = [&](const Delivery&) { return down ? retry_later() : delivered(); };
  rig.start();
  for (int i = 0; i < 400; ++i) rig.arrive(rig.item(std::to_string(i)));
  for (int i = 0; i < 16; ++i) rig.advance(seconds{1});
  EXPECT_LE(rig.sent.size(), 60U);
  down = false;
  rig.sent.clear();
  for (int i = 0; i < 30; ++i) rig.advance(seconds{1});
  EXPECT_THAT(rig.sent, SizeIs(400));
}

TEST(Delivery, KeepsTheOrderWithinAGroup) {
  DeliveryRig rig;
  rig.answer = [&](const Delivery&) { return rig.sent.empty() ? retry_later() : delivered(); };
  rig.start();
  rig.arrive(rig.item("1", "first"));
  rig.settle();
  rig.arrive(rig.item("2", "second"));
  rig.settle();
  rig.advance(seconds{10});
  EXPECT_EQ(rig.titles(), "[first][first][second]");
}

TEST(Delivery, RemembersWhatWasSentWhileTheDiskIsFull) {
  DeliveryRig rig;
  rig.start();
  rig.arrive(rig.item("1"));
  rig.answer = [&](const Delivery&) {
    store::faults().full = true;
    store::faults().fail_from = 1;  // full from now on
    return delivered();
  };
  store::faults().calls = 0;
  EXPECT_FALSE(store::run(*rig.io, rig.service->drain(std::chrono::milliseconds{300}, true)));
  EXPECT_THAT(rig.sent, SizeIs(1)) << "it is not sent again while it cannot be recorded";
  store::faults().reset();
  rig.settle();
  rig.restart();
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(Delivery, ReleasesNothingThatTheDiskDidNotTake) {
  DeliveryRig rig;
  rig.start();
  rig.arrive(rig.item("1"));
  store::faults().reset();
  store::faults().fail_from = 1;
  EXPECT_FALSE(store::run(*rig.io, rig.service->drain(std::chrono::milliseconds{100}, true)));
  EXPECT_THAT(rig.sent, SizeIs(0));
  store::faults().reset();
  EXPECT_TRUE(rig.settle());
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(Delivery, ReportsEveryAttempt) {
  DeliveryRig rig;
  rig.answer = [](const Delivery& d) { return d.attempt == 1 ? retry_later() : delivered(); };
  rig.start();
  std::string reports;
  rig.service->on_attempt = [&](const DeliveryReport& report) {
    reports += std::to_string(report.number) + (report.final ? "! " : " ");
  };
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.advance(seconds{6});
  EXPECT_EQ(reports, "1 2! ");
}

TEST(Delivery, LetsADuplicateThatIsDroppedDelayNothing) {
  DeliveryRig rig;
  rig.spec.root.routes[0].group_by = {"feed"};
  rig.spec.root.routes[0].every = minutes{30};
  rig.start();
  auto article = rig.item("1");
  article.url = "https://news.example/1";
  rig.arrive(article);
  rig.settle();
  article.feed.name = "irna";
  rig.arrive(article);
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
  auto other = rig.item("2");
  other.feed.name = "irna";
  rig.arrive(other);
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(2)) << "irna's group has not been told anything yet";
}

TEST(Delivery, TellsAnotherReceiverAboutATroubledOne) {
  DeliveryRig rig;
  rig.spec = DeliveryRig::spec_for({"desk", "ops"});
  rig.spec.health.receiver = "desk";
  rig.start();
  const auto about_feed = rig.service->route_health({"feed_down", "tass", "it is down"}, {});
  ASSERT_THAT(about_feed, SizeIs(1));
  EXPECT_EQ(about_feed[0].receiver, "desk");
  EXPECT_EQ(rig.service->route_health({"delivery_failing", "desk", "x"}, {})[0].receiver, "ops");
  rig.spec.health.receiver.clear();
  rig.service->replace(rig.spec, rig.channels());
  EXPECT_THAT(rig.service->route_health({"feed_down", "tass", "it is down"}, {}), SizeIs(2))
      << "without a receiver of its own it takes the routes";
  const auto told = rig.service->route_health({"delivery_failing", "ops", "x"}, {});
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].receiver, "desk");
}

}  // namespace
}  // namespace tocsin::notifier
