// SPDX-License-Identifier: MIT
#include "daemon/task_group.hpp"

#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<void> wait_for_ever(int& ended) {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  ++ended;
}

asio::awaitable<void> cancel_and_wait(TaskGroup& group, bool& empty) {
  group.cancel();
  empty = co_await group.wait(10s);
}

TEST(TaskGroup, EndsAllItsTasksWhenCancelled) {
  asio::io_context loop{1};
  TaskGroup group(loop.get_executor());
  int ended = 0;
  bool empty = false;
  for (int i = 0; i < 100; ++i) group.spawn(wait_for_ever(ended));
  loop.poll();
  EXPECT_EQ(group.size(), 100U);
  asio::co_spawn(loop, cancel_and_wait(group, empty), [](const std::exception_ptr&) {});
  loop.restart();
  loop.run();
  EXPECT_TRUE(empty);
  EXPECT_EQ(ended, 100);
}

asio::awaitable<void> fail() {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
  throw std::logic_error("a bug");
}

TEST(TaskGroup, LetsABugOutOfTheLoop) {
  asio::io_context loop{1};
  TaskGroup group(loop.get_executor());
  group.spawn(fail());
  EXPECT_THROW(loop.run(), std::logic_error);
  EXPECT_EQ(group.size(), 0U);
}

}  // namespace
}  // namespace tocsin::daemon
