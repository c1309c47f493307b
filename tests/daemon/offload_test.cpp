// SPDX-License-Identifier: MIT
#include "daemon/offload.hpp"

#include <memory>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

namespace asio = boost::asio;

struct Seen {
  std::thread::id before, inside, after;
  int value = 0;
};

asio::awaitable<void> hop(Workers workers, Seen& seen) {
  seen.before = std::this_thread::get_id();
  auto owned = std::make_unique<int>(41);
  auto work = [owned = std::move(owned), &seen] {
    seen.inside = std::this_thread::get_id();
    return *owned + 1;
  };
  seen.value = co_await offload(workers, std::move(work));
  seen.after = std::this_thread::get_id();
}

TEST(Offload, WorksElsewhereAndComesBackToTheLoop) {
  asio::io_context loop{1};
  asio::thread_pool pool{2};
  Seen seen;
  asio::co_spawn(loop, hop(pool.get_executor(), seen),
                 [](const std::exception_ptr& error) { EXPECT_EQ(error, nullptr); });
  loop.run();
  pool.join();
  EXPECT_EQ(seen.value, 42);
  EXPECT_EQ(seen.before, seen.after);
  EXPECT_NE(seen.inside, seen.before);
}

}  // namespace
}  // namespace tocsin::daemon
