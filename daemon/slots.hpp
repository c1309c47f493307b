// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace tocsin::daemon {

/// How many polls may be under way. Most answer within a second, and they share a fixed number of
/// slots; one that takes longer gives its slot free, so that servers that hang do not hold up the
/// others, until the slow ones alone are three times as many. Any thread: pure.
///
/// Times are those of a clock that nobody can set (`Clock::steady`).
class Slots {
 public:
  using Time = std::chrono::milliseconds;
  using Ticket = std::uint64_t;

  /// `most` polls may be under way that are not slow; at least one.
  explicit Slots(std::size_t most);

  /// Changes that number; polls under way keep their slots.
  void set_most(std::size_t most);

  /// Whether another poll may start at `now`.
  [[nodiscard]] bool free(Time now);

  /// A poll starts at `now`, which must not be earlier than the last one. The ticket is to be given
  /// back once.
  Ticket take(Time now);

  /// The poll with this ticket has ended.
  void give_back(Ticket ticket);

  /// When a poll that is under way will count as slow, which makes room; empty: none will.
  [[nodiscard]] std::optional<Time> next() const;

 private:
  struct Poll {
    Time started;
    bool ended = false;
  };

  std::size_t most_;
  std::deque<Poll> young_;  // by start; ended ones leave when they come to the front
  Ticket first_ = 0;        // ticket of the front; lower ones are slow
  std::size_t quick_ = 0;   // of `young_`, not ended
  std::size_t slow_ = 0;
};

}  // namespace tocsin::daemon
