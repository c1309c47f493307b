// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "base/clock.hpp"

namespace tocsin::testing {

/// A clock that moves only when told to. It starts at 2027-01-15T08:00:00Z.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const noexcept override { return now_; }
  [[nodiscard]] std::chrono::milliseconds steady() const noexcept override { return steady_; }
  /// Time passes.
  void advance(std::chrono::milliseconds by) {
    now_ += by;
    steady_ += by;
  }
  /// The wall clock is set; no time passes.
  void set(Timestamp to) { now_ = to; }

 private:
  Timestamp now_{std::chrono::milliseconds{1'800'000'000'000}};
  std::chrono::milliseconds steady_{0};
};

}  // namespace tocsin::testing
