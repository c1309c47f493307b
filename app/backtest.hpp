// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace tocsin::app {

/// What one watch would have matched: counts by day, and the last few titles.
class WatchHistory {
 public:
  static constexpr std::size_t kSamples = 3;

  void add(Timestamp when, const std::string& title);

  [[nodiscard]] std::size_t total() const noexcept { return total_; }
  [[nodiscard]] const std::vector<std::string>& samples() const noexcept { return samples_; }

  /// One character a day from `first` to `last`, "▁" to "█" by the largest day and a blank for
  /// none; days are put together when there are more than `width`.
  [[nodiscard]] std::string chart(Timestamp first, Timestamp last, std::size_t width) const;

  /// The largest count of one day.
  [[nodiscard]] std::size_t most_a_day() const;

 private:
  std::map<std::chrono::sys_days, std::size_t> days_;
  std::vector<std::string> samples_;  // the newest last
  std::size_t total_ = 0;
};

}  // namespace tocsin::app
