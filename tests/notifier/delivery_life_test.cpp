// SPDX-License-Identifier: MIT
// Delivery over stops, restarts, reloads and jumps of the clock.
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/notifier/delivery_rig.hpp"

namespace tocsin::notifier {
namespace {

using ::testing::SizeIs;

TEST(DeliveryLife, DoesNotRepeatAnythingAfterARestart) {
  DeliveryRig rig;
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.restart();
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(DeliveryLife, SendsAfterARestartWhatWasCommittedBefore) {
  DeliveryRig rig;
  rig.start();
  ASSERT_TRUE(store::run(*rig.io, rig.store->notify(rig.route(rig.item("1"), {{"w", {}, {}}}))));
  rig.restart();
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(DeliveryLife, CountsOnOverARestart) {
  DeliveryRig rig;
  rig.answer = [](const Delivery&) { return retry_later(); };
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.restart();
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1)) << "a restart is no reason to hurry";
  rig.advance(seconds{6});
  ASSERT_THAT(rig.sent, SizeIs(2));
  EXPECT_EQ(rig.sent[1].attempt, 2U);
}

TEST(DeliveryLife, StopsAfterWhatIsInFlight) {
  DeliveryRig rig;
  rig.start();
  rig.arrive(rig.item("1"));
  rig.service->stop();
  EXPECT_TRUE(store::run(*rig.io, rig.service->drain(seconds{5}, false)));
  rig.restart();
  rig.settle();
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(DeliveryLife, TakesACancellationForAStop) {
  DeliveryRig rig;
  rig.open();
  boost::asio::cancellation_signal cancel;
  bool ended = false;
  bool threw = false;
  auto done = [&](const std::exception_ptr& bug) {
    ended = true;
    threw = bug != nullptr;
  };
  boost::asio::co_spawn(*rig.io, rig.service->run(),
                        boost::asio::bind_cancellation_slot(cancel.slot(), done));
  rig.arrive(rig.item("1"));
  cancel.emit(boost::asio::cancellation_type::terminal);
  for (int i = 0; i < 1000 && !ended; ++i) rig.io->run_one();
  EXPECT_TRUE(ended);
  EXPECT_FALSE(threw);
}

/// A receiver that takes the connection and never answers.
class HungChannel final : public Channel {
 public:
  explicit HungChannel(bool& reached) : reached_(reached) {}
  boost::asio::awaitable<Attempt> deliver(Delivery /*delivery*/) override {
    reached_ = true;
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    co_await never.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    co_return retry_later("cancelled");
  }

 private:
  bool& reached_;
};

TEST(DeliveryLife, CutsAnAttemptShortThatAStopCannotWaitFor) {
  DeliveryRig rig;
  rig.open();
  DeliveryService::Channels hung;
  bool reached = false;
  hung["desk"] = std::make_unique<HungChannel>(reached);
  rig.service->replace(rig.spec, std::move(hung));
  boost::asio::cancellation_signal cancel;
  bool ended = false;
  auto done = [&](const std::exception_ptr& /*bug*/) { ended = true; };
  boost::asio::co_spawn(*rig.io, rig.service->run(),
                        boost::asio::bind_cancellation_slot(cancel.slot(), done));
  rig.arrive(rig.item("1"));
  while (!reached) rig.io->run_one();  // NOLINT(bugprone-infinite-loop): the channel sets it
  rig.service->stop();
  EXPECT_FALSE(store::run(*rig.io, rig.service->drain(milliseconds{50}, false)));
  cancel.emit(boost::asio::cancellation_type::terminal);
  for (int i = 0; i < 1000 && !ended; ++i) rig.io->run_one();
  EXPECT_TRUE(ended);
  EXPECT_EQ(only_row(rig).attempts, 0U) << "it did not fail, so nothing is held against it";
}

TEST(DeliveryLife, KeepsWhatWaitsOverAReload) {
  DeliveryRig rig;
  rig.spec.root.routes[0].wait = minutes{2};
  rig.start();
  rig.arrive(rig.item("1"));
  rig.settle();
  rig.spec.root.routes[0].wait = minutes{1};
  rig.service->replace(rig.spec, rig.channels());
  rig.advance(seconds{59});
  EXPECT_THAT(rig.sent, SizeIs(0));
  rig.advance(seconds{2});
  EXPECT_THAT(rig.sent, SizeIs(1));
}

TEST(DeliveryLife, ComesThroughAClockThatJumpsAheadAndBack) {
  DeliveryRig rig;
  rig.spec.root.routes[0].wait = minutes{1};
  bool down = true;
  rig.answer = [&](const Delivery&) { return down ? retry_later() : delivered(); };
  rig.start();
  rig.clock.set(rig.clock.now() + hours{24 * 400});
  rig.arrive(rig.item("1"));
  rig.advance(minutes{2});
  rig.arrive(rig.item("2"));
  rig.clock.set(rig.clock.now() - hours{24 * 400});
  down = false;
  for (int i = 0; i < 5; ++i) rig.advance(minutes{1});
  EXPECT_EQ(rig.store->outbox_waiting(0, 10)->size(), 0U);
  EXPECT_GE(rig.sent.size(), 2U);
}

}  // namespace
}  // namespace tocsin::notifier
