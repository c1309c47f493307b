// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace tocsin {

/// A moment in UTC, to the millisecond. Feed dates are whole seconds.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// The machine's clocks, as a value that tests can replace. Any thread.
///
/// The wall clock is for stamps and for schedules that survive a restart; waiting inside one run
/// uses the loop's steady timers, so a clock that jumps cannot stall the daemon.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const noexcept = 0;
  /// Time since some moment before the start, by a clock that nobody can set.
  [[nodiscard]] virtual std::chrono::milliseconds steady() const noexcept {
    return std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
  }
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const noexcept override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace tocsin
