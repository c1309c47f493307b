// SPDX-License-Identifier: MIT
#include "daemon/task_group.hpp"

#include <cassert>
#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

/// A cancelled coroutine ends by this exception; every other one is a bug.
void rethrow_unless_cancelled(const std::exception_ptr& error) {
  if (!error) return;
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& e) {
    if (e.code() != asio::error::operation_aborted) throw;
  }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor loop) : loop_(std::move(loop)), emptied_(loop_) {}

TaskGroup::~TaskGroup() {
  assert(stops_.empty());
}

void TaskGroup::spawn(asio::awaitable<void> task) {
  const auto stop = stops_.emplace(stops_.end());
  auto ended = [this, stop](const std::exception_ptr& error) {
    stops_.erase(stop);
    if (stops_.empty()) emptied_.cancel();
    rethrow_unless_cancelled(error);
  };
  asio::co_spawn(loop_, std::move(task),
                 asio::bind_cancellation_slot(stop->slot(), std::move(ended)));
}

void TaskGroup::cancel() {
  // A task may end inside emit() and erase its signal: step on before emitting.
  for (auto it = stops_.begin(); it != stops_.end();) {
    auto& stop = *it++;
    stop.emit(asio::cancellation_type::terminal);
  }
}

asio::awaitable<bool> TaskGroup::wait(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!stops_.empty() && std::chrono::steady_clock::now() < deadline) {
    emptied_.expires_at(deadline);
    co_await emptied_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return stops_.empty();
}

}  // namespace tocsin::daemon
