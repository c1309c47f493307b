// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace tocsin {

/// A moment in UTC, to the millisecond. Feed dates are whole seconds.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// The wall clock, as a value that tests can replace. Any thread.
///
/// It is for stamps and for schedules that survive a restart; waiting inside one run uses the
/// loop's steady timers, so a clock that jumps cannot stall the daemon.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const noexcept = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const noexcept override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace tocsin
