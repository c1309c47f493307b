// SPDX-License-Identifier: MIT
#include "notifier/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::notifier {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() {
    receiver_.name = "desk";
    outbox_.configure({receiver_});
  }

  store::OutboxRow row(std::string event, std::string group, std::string feed = "tass") {
    store::OutboxRow one;
    one.event = std::move(event);
    one.receiver = "desk";
    one.group_key = std::move(group);
    one.feed = std::move(feed);
    one.created = one.due = now_;
    return one;
  }
  void add(std::string event, std::string group, std::string feed = "tass") {
    outbox_.add(row(std::move(event), std::move(group), std::move(feed)), now_);
  }
  /// A row for one of several targets, in a group of its own.
  void add_for(std::string target, std::string event) {
    auto one = row(event, "group of " + event);
    one.target = std::move(target);
    outbox_.add(std::move(one), now_);
  }
  /// Claims and delivers until nothing is due; yields the events in order.
  std::string deliver_all() {
    std::string order;
    for (auto rows = outbox_.take(now_); !rows.empty(); rows = outbox_.take(now_))
      for (auto& one : rows) {
        order += one.event;
        outbox_.finish(one, {Attempt::Outcome::delivered, "", {}}, now_);
      }
    return order;
  }
  void pass(std::chrono::milliseconds time) {
    now_ += time;
    steady_ += time;
    outbox_.tick(steady_);
  }
  Attempt failure() { return {Attempt::Outcome::retry, "503", std::nullopt}; }

  Timestamp now_{hours{500'000}};
  std::chrono::milliseconds steady_{0};
  ReceiverSpec receiver_;
  Outbox outbox_;
};

TEST(Backoff, DoublesItsBoundUpToTheLongestInterval) {
  RetryPolicy policy;
  policy.base = seconds{5};
  policy.max_interval = seconds{60};
  milliseconds longest{0};
  for (int i = 0; i < 500; ++i) {
    const auto seed = std::to_string(i);
    EXPECT_THAT(backoff(policy, 1, seed), AllOf(Ge(milliseconds{1}), Le(seconds{5})));
    EXPECT_THAT(backoff(policy, 3, seed), Le(seconds{20}));
    EXPECT_THAT(backoff(policy, 1'000'000, seed), Le(seconds{60}));
    longest = std::max(longest, backoff(policy, 4, seed));
  }
  EXPECT_GT(longest, seconds{35}) << "the jitter is full: up to the bound";
  EXPECT_EQ(backoff(policy, 3, "a"), backoff(policy, 3, "a"));
  EXPECT_NE(backoff(policy, 3, "a"), backoff(policy, 3, "b"));
}

TEST_F(OutboxTest, BoundsTheAttemptsAtATime) {
  for (int i = 0; i < 10; ++i) add("e" + std::to_string(i), "g" + std::to_string(i));
  EXPECT_THAT(outbox_.take(now_), SizeIs(Outbox::kSlots));
  EXPECT_THAT(outbox_.take(now_), IsEmpty());
}

TEST_F(OutboxTest, SendsRowsOfOneGroupOneAfterTheOther) {
  add("a", "g");
  add("b", "g");
  auto first = outbox_.take(now_);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(outbox_.take(now_), IsEmpty());
  outbox_.finish(first[0], {Attempt::Outcome::delivered, "", {}}, now_);
  EXPECT_EQ(deliver_all(), "b");
}

TEST_F(OutboxTest, LetsEachTargetOfAGroupGoItsOwnWay) {
  auto one = row("a", "g");
  one.target = "x@example.org";
  outbox_.add(one, now_);
  one.target = "y@example.org";
  outbox_.add(one, now_);
  EXPECT_THAT(outbox_.take(now_), SizeIs(2));
}

TEST_F(OutboxTest, ServesFeedsInTurns) {
  for (int i = 0; i < 300; ++i) add("burst ", "g" + std::to_string(i), "noisy");
  add("calm ", "c", "calm");
  const auto order = deliver_all();
  EXPECT_LT(order.find("calm"), 12 * sizeof("burst ")) << "it does not wait behind 300";
}

TEST_F(OutboxTest, TakesARowOnceHoweverOftenItIsRead) {
  add("a", "g");
  add("a", "g");
  EXPECT_EQ(outbox_.size(), 1U);
  EXPECT_EQ(deliver_all(), "a");
  add("a", "g");  // a row that is waiting again: an operator's retry
  EXPECT_EQ(deliver_all(), "a");
}

TEST_F(OutboxTest, ProbesWithOneRowAtATimeWhileTheReceiverFails) {
  for (int i = 0; i < 10; ++i) add(std::to_string(i), "g" + std::to_string(i));
  for (auto& one : outbox_.take(now_)) outbox_.finish(one, failure(), now_);
  EXPECT_THAT(outbox_.take(now_), IsEmpty()) << "the breaker is open";
  now_ += hours{1};
  EXPECT_THAT(outbox_.take(now_), SizeIs(1));
}

TEST_F(OutboxTest, ClosesTheBreakerWithOneSuccess) {
  for (int i = 0; i < 10; ++i) add(std::to_string(i), "g" + std::to_string(i));
  for (auto& one : outbox_.take(now_)) outbox_.finish(one, failure(), now_);
  EXPECT_TRUE(outbox_.failing_since("desk"));
  now_ += minutes{1};
  auto probe = outbox_.take(now_);
  ASSERT_THAT(probe, SizeIs(1));
  outbox_.finish(probe[0], {Attempt::Outcome::delivered, "", {}}, now_);
  EXPECT_FALSE(outbox_.failing_since("desk"));
  EXPECT_THAT(deliver_all(), SizeIs(9)) << "at once, also those whose own retry lay ahead";
}

TEST_F(OutboxTest, LooksForTheReceiverAgainWithinHalfTheTimeThatItWasAway) {
  receiver_.retry.max_interval = hours{24};
  outbox_.configure({receiver_});
  add("a", "g");
  const auto began = now_;
  int requests = 0;
  while (now_ < began + hours{2}) {
    for (auto& one : outbox_.take(now_)) {
      outbox_.finish(one, failure(), now_);
      ++requests;
    }
    const auto next = outbox_.next(now_);
    ASSERT_TRUE(next);
    ASSERT_LE(*next - now_, std::max<milliseconds>(seconds{20}, (now_ - began) / 2 + seconds{1}));
    pass(std::max(*next - now_, milliseconds{1}));
  }
  EXPECT_LT(requests, 60);
}

TEST_F(OutboxTest, LeavesTheOtherTargetsAloneWhenOneIsRefusedForNow) {
  auto greylisted = failure();
  greylisted.target_alone = true;
  for (int i = 0; i < 9; ++i) add_for("x@example.org", std::to_string(i));
  for (int round = 0; round < 6; ++round) {
    for (auto& one : outbox_.take(now_)) outbox_.finish(one, greylisted, now_);
    pass(seconds{10});
  }
  for (int i = 0; i < 9; ++i) add_for("y@example.org", std::to_string(i));
  std::string order;
  for (auto rows = outbox_.take(now_); !rows.empty(); rows = outbox_.take(now_))
    for (auto& one : rows) {
      if (one.target.starts_with('y')) order += one.event;
      const bool taken = one.target.starts_with('y');
      outbox_.finish(one, taken ? Attempt{Attempt::Outcome::delivered, "", {}} : greylisted, now_);
    }
  EXPECT_EQ(order, "012345678");
  EXPECT_TRUE(outbox_.failing_since("desk"));
}

TEST_F(OutboxTest, TriesATargetThatIsRefusedForNowAsSeldomAsAReceiverThatIsDown) {
  auto greylisted = failure();
  greylisted.target_alone = true;
  for (int i = 0; i < 400; ++i) add_for("x@example.org", std::to_string(i));
  int requests = 0;
  for (int ms = 0; ms < 16'000; ms += 10, pass(milliseconds{10}))
    for (auto& one : outbox_.take(now_)) {
      outbox_.finish(one, greylisted, now_);
      ++requests;
    }
  EXPECT_LE(requests, 30);
}

TEST_F(OutboxTest, RefusesARetryAfterOfYears) {
  add("a", "g");
  auto rows = outbox_.take(now_);
  auto busy = failure();
  busy.retry_after = hours{24 * 3650};
  outbox_.finish(rows.at(0), busy, now_);
  ASSERT_TRUE(outbox_.next(now_));
  now_ += hours{25};
  // The row's own time is bounded by give_up_after, which is in reach.
  now_ += hours{96};
  EXPECT_THAT(outbox_.take(now_), SizeIs(1));
}

TEST_F(OutboxTest, GivesAnOldRowAnHourAfterTheMachineWasOff) {
  auto old = row("a", "g");
  old.created = now_ - hours{200};
  outbox_.add(old, now_);
  EXPECT_THAT(outbox_.expired(now_), IsEmpty());
  auto rows = outbox_.take(now_);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(outbox_.finish(rows[0], failure(), now_).record.state, store::OutboxState::waiting)
      << "the network may not be up yet";
  pass(hours{1});
  rows = outbox_.take(now_);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(outbox_.finish(rows[0], failure(), now_).record.state, store::OutboxState::dead);
}

TEST_F(OutboxTest, GivesNothingUpBecauseTheClockWasSetAhead) {
  add("a", "g");
  now_ += hours{24 * 400};
  auto rows = outbox_.take(now_);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(outbox_.finish(rows[0], failure(), now_).record.state, store::OutboxState::waiting);
}

TEST_F(OutboxTest, GivesUpAtOnceWhereTheReceiversOwnTimeIsShort) {
  receiver_.retry.give_up_after = minutes{5};
  outbox_.configure({receiver_});
  add("a", "g");
  pass(minutes{5});
  auto rows = outbox_.take(now_);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(outbox_.finish(rows[0], failure(), now_).record.state, store::OutboxState::dead);
}

TEST_F(OutboxTest, BuriesWhatNoReceiverIsConfiguredFor) {
  auto orphan = row("a", "g");
  orphan.receiver = "gone";
  outbox_.add(orphan, now_);
  EXPECT_THAT(outbox_.take(now_), IsEmpty());
  EXPECT_FALSE(outbox_.next(now_));
  pass(hours{95});
  EXPECT_THAT(outbox_.expired(now_), IsEmpty());
  pass(hours{1});
  const auto buried = outbox_.expired(now_);
  ASSERT_THAT(buried, SizeIs(1));
  EXPECT_EQ(buried[0].record.state, store::OutboxState::dead);
  EXPECT_EQ(outbox_.size(), 0U);
}

TEST_F(OutboxTest, ClampsDueTimesThatLieTooFarAhead) {
  auto odd = row("a", "g");
  odd.due = now_ + hours{24 * 400};
  outbox_.add(odd, now_);
  EXPECT_EQ(deliver_all(), "a");
}

TEST_F(OutboxTest, ForgetsAllButClaimsWhenItIsToBeReadAnew) {
  add("a", "g");
  add("b", "g");
  add("c", "h");
  auto rows = outbox_.take(now_);
  ASSERT_THAT(rows, SizeIs(2));
  outbox_.clear();
  EXPECT_EQ(outbox_.size(), 2U) << "a and c are being sent";
  add("a", "g");
  add("b", "g");
  for (auto& one : rows) outbox_.finish(one, {Attempt::Outcome::delivered, "", {}}, now_);
  EXPECT_EQ(deliver_all(), "b");
}

}  // namespace
}  // namespace tocsin::notifier
