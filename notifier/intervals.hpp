// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "notifier/spec.hpp"
#include "notifier/zone.hpp"

namespace tocsin::notifier {

/// The named time intervals of a configuration, made ready. Any thread: immutable.
///
/// A window begins and ends at wall clock times of its zone: it happens once on each of its days
/// whatever daylight saving does to that day, and is longer or shorter by an hour then.
class Intervals {
 public:
  /// A zone that ICU does not know is taken for UTC: the configuration's checker refuses it before.
  explicit Intervals(const std::vector<TimeInterval>& intervals);

  /// When the time ends that is covered, without a gap, by the intervals named in `names` and
  /// holds `when`; nothing when `when` is in none. At most eight days on; who waits asks again.
  [[nodiscard]] std::optional<Timestamp> until(const std::vector<std::string>& names,
                                               Timestamp when) const;

 private:
  struct Window {
    TimeWindow spec;
    Zone zone;
  };
  struct Interval {
    std::string name;
    std::vector<Window> windows;
  };
  [[nodiscard]] const Interval* find(std::string_view name) const;
  static std::optional<Timestamp> end_of(const Window& window, Timestamp when);

  std::vector<Interval> intervals_;
};

/// The first moment after `when` that is one of the digest's times of day.
Timestamp next_digest(const Digest& digest, const Zone& zone, Timestamp when);

/// `Zone::open`, or UTC where that fails.
Zone zone_or_utc(const std::string& name);

}  // namespace tocsin::notifier
