// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "store/detail/database.hpp"

namespace tocsin::store::detail {

/// Writes of others, a transaction at a time, on a thread of its own.
///
/// Writes that come close together share one transaction, and so one wait for the disk. When one of
/// them fails, the transaction is rolled back and each is tried in a transaction of its own, so
/// that nobody pays for another's failure. `push` may be called from any thread. The destructor
/// first writes what is queued.
class Writer {
 public:
  enum class Haste : std::uint8_t {
    can_wait,  ///< up to `gather`, when writes follow close on each other
    now,       ///< somebody waits to be alerted
  };

  /// One write. Both parts run on the writer's thread, `done` exactly once, after the commit.
  struct Job {
    Haste haste = Haste::now;
    std::function<Result<void>(Database&)> work;  ///< may run twice, after a rollback
    std::function<void(Result<void>)> done;
  };

  Writer(Database db, std::size_t batch, std::chrono::milliseconds gather);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  void push(Job job);

 private:
  void loop();
  bool wait_for_batch();
  void write(std::vector<Job>& jobs);
  Result<void> transact(std::vector<Job>& jobs, std::size_t from, std::size_t to);
  Result<void> run_all(std::vector<Job>& jobs, std::size_t from, std::size_t to);

  Database db_;
  const std::size_t batch_;
  const std::chrono::milliseconds gather_;

  std::mutex mutex_;  // guards what follows, up to the thread
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool hurry_ = false;  ///< some job in the queue is for now
  bool stopping_ = false;

  std::chrono::steady_clock::time_point last_commit_{};  ///< the thread's own
  std::thread thread_;                                   // last: it uses all of the above
};

}  // namespace tocsin::store::detail
