// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/result.hpp"

namespace tocsin::notifier::detail {

/// A thread that waits for the disk, so that the loop does not: one job at a time, in order.
///
/// `run` belongs to the loop thread. The destructor waits for the job that is under way.
class DiskWorker {
 public:
  DiskWorker() = default;
  ~DiskWorker() { pool_.join(); }
  DiskWorker(const DiskWorker&) = delete;
  DiskWorker& operator=(const DiskWorker&) = delete;

  /// Runs `job` there and resumes the caller on its own executor with what it returned. The job
  /// owns what it touches, does not throw and is not cancelled.
  boost::asio::awaitable<Result<void>> run(std::function<Result<void>()> job) {
    namespace asio = boost::asio;
    const auto start = [](auto handler, asio::thread_pool* pool,
                          const std::function<Result<void>()>* work) {
      // The guard keeps the caller's loop alive while nothing of it waits there.
      auto home = asio::make_work_guard(asio::get_associated_executor(handler));
      asio::post(*pool, [handler = std::move(handler), home = std::move(home), work]() mutable {
        asio::post(home.get_executor(),
                   [handler = std::move(handler), result = (*work)()]() mutable {
                     std::move(handler)(std::move(result));
                   });
      });
    };
    // `job` lives in this coroutine's frame until the result has arrived, so a pointer is safe.
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<void>)>(
        start, asio::use_awaitable, &pool_, &job);
  }

 private:
  boost::asio::thread_pool pool_{1};
};

}  // namespace tocsin::notifier::detail
