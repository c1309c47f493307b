// SPDX-License-Identifier: MIT
#include "daemon/outside_beat.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "tests/support/scripted_http.hpp"

namespace tocsin::daemon {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

class OutsideBeats : public ::testing::Test {
 protected:
  /// Lets it beat until `target` was asked `looks` times.
  void run(OutsideBeat::Target target, int looks) {
    asio::io_context loop;
    OutsideBeat beat(http, loop.get_executor());
    asio::cancellation_signal stop;
    auto ask = [&, left = looks]() mutable {
      if (--left == 0) asio::post(loop, [&] { stop.emit(asio::cancellation_type::terminal); });
      return target;
    };
    asio::co_spawn(loop, beat.run(ask, [this] { return healthy; }),
                   asio::bind_cancellation_slot(stop.slot(), asio::detached));
    loop.run();
  }

  testing::ScriptedHttp http;
  bool healthy = true;
};

TEST_F(OutsideBeats, CallTheAddressAgainAndAgain) {
  for (int i = 0; i < 3; ++i) http.reply(200);
  run({"https://beat.example/x", milliseconds{1}, "tocsin"}, 3);
  ASSERT_EQ(http.requests.size(), 3U);
  EXPECT_EQ(http.requests[0].url, "https://beat.example/x");
  EXPECT_EQ(http.requests[0].method, "GET");
  EXPECT_EQ(net::header(http.requests[0].headers, "user-agent"), "tocsin");
}

TEST_F(OutsideBeats, GoOnAfterACallThatFailed) {
  http.fail(Error{Errc::unavailable, "no route"});
  http.reply(500);
  http.reply(200);
  run({"https://beat.example/x", milliseconds{1}, ""}, 3);
  EXPECT_EQ(http.requests.size(), 3U);
}

TEST_F(OutsideBeats, StayAwayWhileAlertsCannotBeStored) {
  healthy = false;
  run({"https://beat.example/x", milliseconds{1}, ""}, 3);
  EXPECT_EQ(http.requests.size(), 0U);
}

TEST_F(OutsideBeats, CallNothingWhereNoAddressIsConfigured) {
  run({}, 1);
  EXPECT_EQ(http.requests.size(), 0U);
}

}  // namespace
}  // namespace tocsin::daemon
