// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace tocsin::notifier {

/// A time zone out of ICU's data: wall clocks to moments and back. Any thread: immutable.
class Zone {
 public:
  /// The zone with this IANA name ("Europe/Helsinki"); "" is UTC. Errors: not_found.
  static Result<Zone> open(const std::string& name);
  Zone(Zone&&) noexcept;
  Zone& operator=(Zone&&) noexcept;
  ~Zone();

  /// The local date at `when`.
  [[nodiscard]] std::chrono::sys_days date(Timestamp when) const;

  /// The moment at which the wall clock shows `minute` (after midnight; 1440 and more is the next
  /// day) of the local `day`. Where the clock shows it twice, the first time; where it is skipped,
  /// as if the clock had not been moved: so that whatever is timed happens once, never twice.
  [[nodiscard]] Timestamp at(std::chrono::sys_days day, int minute) const;

 private:
  struct Data;
  explicit Zone(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace tocsin::notifier
