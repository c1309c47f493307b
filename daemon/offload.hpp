// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tocsin::daemon {

/// Where pure work runs: a pool of threads that owns none of the daemon's state.
using Workers = boost::asio::thread_pool::executor_type;

/// For work that takes much memory: one at a time, on whichever thread is free.
using OneWorker = boost::asio::strand<Workers>;

/// Runs `work` on `workers` (`Workers` or `OneWorker`), then resumes the caller on its own executor
/// with what `work` returned: the one bridge between the loop thread and the worker threads.
///
/// `work` must own everything that it touches and must not throw. It is not cancelled: the caller
/// resumes when it has ended. A hop costs about 10 us, so give it whole documents.
template <class Executor, class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> offload(Executor workers, Work work) {
  namespace asio = boost::asio;
  using Value = std::invoke_result_t<Work&>;
  const auto start = [](auto handler, const Executor& on, Work* job) {
    asio::post(on, [handler = std::move(handler), job]() mutable {
      const auto home = asio::make_work_guard(asio::get_associated_executor(handler));
      asio::dispatch(home.get_executor(),
                     [handler = std::move(handler), value = (*job)()]() mutable {
                       std::move(handler)(std::move(value));
                     });
    });
  };
  // `work` lives in this coroutine's frame until the value has arrived, so a pointer is safe.
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Value)>(
      start, asio::use_awaitable, workers, &work);
}

}  // namespace tocsin::daemon
