// SPDX-License-Identifier: MIT
#include "daemon/turns.hpp"

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "daemon/task_group.hpp"
#include "tests/support/run.hpp"

namespace tocsin::daemon {
namespace {

namespace asio = boost::asio;

class TurnsTest : public ::testing::Test {
 protected:
  /// Takes the turn of `name`, writes `mark`, and keeps the turn until `let_go`.
  asio::awaitable<void> wait_for(std::string name, char mark) {
    auto taking = turns.take(std::move(name));
    held.emplace(co_await std::move(taking));
    order += mark;
  }
  void run_ready() {
    loop.restart();
    loop.poll();
  }
  void let_go() {
    held.reset();
    run_ready();
  }

  asio::io_context loop{1};
  Turns turns{loop.get_executor()};
  TaskGroup tasks{loop.get_executor()};
  std::optional<Turns::Turn> held;
  std::string order;
};

TEST_F(TurnsTest, AreTakenOneAfterTheOther) {
  for (const char mark : {'a', 'b', 'c'}) tasks.spawn(wait_for("wire", mark));
  run_ready();
  EXPECT_EQ(order, "a");
  EXPECT_EQ(turns.waiting("wire"), 2U);
  let_go();
  EXPECT_EQ(order.size(), 2U);
  let_go();
  EXPECT_EQ(order.size(), 3U);
  EXPECT_EQ(turns.waiting("wire"), 0U);
  let_go();
  EXPECT_EQ(tasks.size(), 0U);
}

TEST_F(TurnsTest, OfDifferentNamesDoNotWaitForEachOther) {
  auto taking = turns.take("wire");
  const auto other = testing::run(loop, std::move(taking));
  tasks.spawn(wait_for("desk", 'a'));
  run_ready();
  EXPECT_EQ(order, "a");
}

TEST_F(TurnsTest, MayEndAfterAllTurnsAreGone) {
  auto few = std::make_unique<Turns>(loop.get_executor());
  auto taking = few->take("wire");
  const auto last = testing::run(loop, std::move(taking));
  few.reset();
}

TEST_F(TurnsTest, AreNotTakenByWhoWasCancelledWhileWaiting) {
  auto taking = turns.take("wire");
  std::optional<Turns::Turn> first(testing::run(loop, std::move(taking)));
  tasks.spawn(wait_for("wire", 'a'));
  run_ready();
  EXPECT_EQ(turns.waiting("wire"), 1U);
  tasks.cancel();
  run_ready();
  EXPECT_EQ(tasks.size(), 0U);
  first.reset();
  run_ready();
  EXPECT_EQ(order, "");
  tasks.spawn(wait_for("wire", 'b'));
  run_ready();
  EXPECT_EQ(order, "b");
}

}  // namespace
}  // namespace tocsin::daemon
