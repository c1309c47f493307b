// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace tocsin::testing {

/// Stores what `task` yields: co_spawn takes an awaitable<void>.
template <class T>
boost::asio::awaitable<void> keep(boost::asio::awaitable<T> task, std::optional<T>& out) {
  out.emplace(co_await std::move(task));
}

/// Runs `task` on `loop` until it has ended, and returns what it produced.
template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> task) {
  std::optional<T> out;
  std::exception_ptr failure;
  boost::asio::co_spawn(loop, keep(std::move(task), out), [&](std::exception_ptr error) {
    failure = std::move(error);
    loop.stop();
  });
  loop.restart();
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*out);
}

}  // namespace tocsin::testing
