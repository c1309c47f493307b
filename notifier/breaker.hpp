// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "notifier/spec.hpp"

namespace tocsin::notifier {

/// How long to wait before try number `attempt` + 1: full jitter (a draw between 0 and the bound)
/// over a bound that begins at `policy.base` and doubles up to `policy.max_interval`. The draw is
/// derived from `seed`, so that it is the same for the same row and attempt. Any thread: pure.
milliseconds backoff(const RetryPolicy& policy, std::uint32_t attempt, std::string_view seed);

/// Keeps attempts away from somebody who fails, and finds out soon when they are back.
///
/// After some failures in a row it opens: then one attempt is to be made at growing intervals, none
/// of which is longer than half the time that the failure has lasted, until one succeeds. It knows
/// no time but what it is told; a hold that lies too far ahead, because the clock was set back,
/// holds nothing. Loop thread only.
class Breaker {
 public:
  static constexpr std::uint32_t kFailuresToOpen = 3;                  ///< in a row
  static constexpr milliseconds kLongestHold{std::chrono::hours{24}};  ///< of a Retry-After

  void succeed() noexcept { *this = Breaker(); }

  /// One more failure. `retry_after` is the wish of whoever failed; `seed` as for `backoff`.
  void fail(const RetryPolicy& policy, std::optional<milliseconds> retry_after,
            std::string_view seed, Timestamp now);

  /// Lets the next attempt through at once; what failed before is not forgotten.
  void release() noexcept { held_until_ = {}; }

  /// Until when no attempt is to be made; `now` when one may be made.
  [[nodiscard]] Timestamp free_at(Timestamp now) const noexcept;

  [[nodiscard]] bool failing() const noexcept { return failures_ > 0; }
  [[nodiscard]] bool open() const noexcept { return failures_ >= kFailuresToOpen; }

  /// When the first of the failures in a row was; nothing when there is none.
  [[nodiscard]] std::optional<Timestamp> failing_since() const noexcept { return since_; }

 private:
  std::uint32_t failures_ = 0;  ///< in a row
  std::optional<Timestamp> since_;
  Timestamp held_until_{};
};

}  // namespace tocsin::notifier
