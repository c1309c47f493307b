// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "fetcher/feed_spec.hpp"

namespace tocsin::fetcher {

/// When to poll what: due times of all feeds, and which hosts may be asked now.
///
/// Feeds are known by a dense index that the caller chooses. O(log n) a feed or better; a million
/// feeds stay small. Loop thread only; pure but for the times it is given.
class Schedule {
 public:
  using FeedIndex = std::uint32_t;

  explicit Schedule(const FetchOptions& options);
  ~Schedule();
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  /// From now on hosts are asked as `options` say.
  void set_limits(const FetchOptions& options);

  /// Whether a request waits behind all others that are due at its host.
  enum class Rank : std::uint8_t { first, last };

  /// Puts `feed` on the calendar, or moves it. `url` tells the host whose limits hold. A host that
  /// only requests of rank `last` went to when they were set has limits of its own, which it may
  /// share with other such hosts.
  void set(FeedIndex feed, std::string_view url, Timestamp due, Rank rank = Rank::first);

  /// Takes `feed` off the calendar; its poll under way, if any, is still to be `finished`.
  void remove(FeedIndex feed);

  /// The next feed that is due at `now` and whose host may be asked; it then counts as in flight
  /// and is off the calendar until `finished` and `set` again. Empty: nothing may start now.
  std::optional<FeedIndex> take(Timestamp now);

  /// The poll of `feed` ended: its host may be asked again after the spacing.
  void finished(FeedIndex feed, Timestamp now);

  /// When `take` may next have something, in view of due times and host spacing. Empty: not before
  /// a `set` or `finished`.
  [[nodiscard]] std::optional<Timestamp> next(Timestamp now) const;

  [[nodiscard]] std::size_t size() const noexcept;       ///< feeds on the calendar
  [[nodiscard]] std::size_t in_flight() const noexcept;  ///< taken and not finished

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tocsin::fetcher
