// SPDX-License-Identifier: MIT
#include "store/detail/writer.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::store::detail {

Writer::Writer(Database db, std::size_t batch, std::chrono::milliseconds gather)
    : db_(std::move(db)), batch_(std::max<std::size_t>(batch, 1)), gather_(gather) {
  thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::push(Job job) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    hurry_ = hurry_ || job.haste == Haste::now;
    queue_.push_back(std::move(job));
    // While it gathers it waits for time, haste or a full batch: one more job is none of these.
    wake = hurry_ || queue_.size() == 1 || queue_.size() >= batch_;
  }
  if (wake) changed_.notify_one();
}

void Writer::loop() {
  while (wait_for_batch()) {
    std::vector<Job> jobs;
    {
      const std::lock_guard lock(mutex_);
      const auto count = std::min(batch_, queue_.size());
      const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
      jobs.assign(std::move_iterator(queue_.begin()), std::move_iterator(end));
      queue_.erase(queue_.begin(), end);
      hurry_ = std::any_of(queue_.begin(), queue_.end(),
                           [](const Job& job) { return job.haste == Haste::now; });
    }
    write(jobs);
    last_commit_ = std::chrono::steady_clock::now();
  }
}

// A write that finds the disk idle goes at once. One that follows close on a commit waits for
// company until `gather` after that commit, unless it is in a hurry.
bool Writer::wait_for_batch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  changed_.wait_until(lock, last_commit_ + gather_,
                      [this] { return stopping_ || hurry_ || queue_.size() >= batch_; });
  return !queue_.empty();
}

void Writer::write(std::vector<Job>& jobs) {
  auto all = transact(jobs, 0, jobs.size());
  if (all || jobs.size() == 1) {
    for (auto& job : jobs) job.done(all);
    return;
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(transact(jobs, i, i + 1));
}

Result<void> Writer::transact(std::vector<Job>& jobs, std::size_t from, std::size_t to) {
  auto done = run_all(jobs, from, to);
  // A failed COMMIT or a full disk may or may not have ended the transaction by itself.
  if (!done && !db_.idle()) (void)db_.exec("ROLLBACK");
  return done;
}

Result<void> Writer::run_all(std::vector<Job>& jobs, std::size_t from, std::size_t to) {
  if (auto begun = db_.exec("BEGIN IMMEDIATE"); !begun) return begun;
  for (auto i = from; i < to; ++i)
    if (auto written = jobs[i].work(db_); !written) return written;
  return db_.exec("COMMIT");
}

}  // namespace tocsin::store::detail
