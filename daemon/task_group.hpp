// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <list>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tocsin::daemon {

/// Coroutines that are started together and stopped together. Loop thread only.
///
/// A task that ends by an exception other than its own cancellation is a bug: the exception is
/// rethrown out of the loop, which ends the process. The group must outlive its tasks: wait for
/// them before it is destroyed.
class TaskGroup {
 public:
  explicit TaskGroup(boost::asio::any_io_executor loop);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  void spawn(boost::asio::awaitable<void> task);

  /// Asks every task to end: its next wait is cancelled.
  void cancel();

  /// Waits until no task is left, for `limit` at most. Returns whether none is left.
  boost::asio::awaitable<bool> wait(std::chrono::milliseconds limit);

  [[nodiscard]] std::size_t size() const noexcept { return stops_.size(); }

 private:
  boost::asio::any_io_executor loop_;
  boost::asio::steady_timer emptied_;  // cancelled when the last task ends
  std::list<boost::asio::cancellation_signal> stops_;
};

}  // namespace tocsin::daemon
