// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "notifier/channel.hpp"
#include "notifier/spec.hpp"
#include "store/records.hpp"

namespace tocsin::notifier {

/// How long to wait before try number `attempt` + 1: full jitter (a draw between 0 and the bound)
/// over a bound that begins at `policy.base` and doubles up to `policy.max_interval`. The draw is
/// derived from `seed`, so that it is the same for the same row and attempt. Any thread: pure.
milliseconds backoff(const RetryPolicy& policy, std::uint32_t attempt, std::string_view seed);

/// What an attempt means for its row and for its receiver.
struct Verdict {
  store::AttemptRecord record;
  bool disabled = false;  ///< the receiver said that it wants no more
};

/// A row that was given up without another attempt.
struct Buried {
  store::OutboxRow row;
  store::AttemptRecord record;
};

/// The rows of the outbox that wait, and the order in which they go out.
///
/// Each receiver has a lane of its own with some slots, so that one that is slow or dead holds up
/// nobody else. Within a lane rows of one group and target go one after the other, in order; groups
/// take turns fairly over feeds. After some failures in a row the lane's breaker opens: then one
/// row at a time is tried, at growing intervals, until one gets through. `Retry-After` holds the
/// whole lane. A row that fails for longer than its receiver's `give_up_after` is dead, though not
/// within its first hour here: the wall clock may have jumped, or the machine have been off and its
/// network not yet up.
///
/// Loop thread only; no input or output. A claim lives in memory alone: the folder's lock makes
/// this the only process that sends, and a crash gives every claim back.
class Outbox {
 public:
  static constexpr std::size_t kSlots = 4;             ///< attempts at a time, per receiver
  static constexpr std::uint32_t kFailuresToOpen = 3;  ///< in a row, to open the breaker
  static constexpr milliseconds kLongestHold{std::chrono::hours{24}};  ///< of a Retry-After

  /// Least time that a row is tried for in one process, when its receiver's own time is longer.
  static constexpr milliseconds kLeastTime{std::chrono::hours{1}};

  /// Says how late it is by a clock that nobody can set. Call it before what needs the time.
  void tick(milliseconds steady) noexcept { steady_ = steady; }

  /// Takes the receivers' policies over; a lane whose receiver is unknown stands still.
  void configure(const std::vector<ReceiverSpec>& receivers);

  /// Adds a waiting row; one that is known by event and target is left as it is.
  void add(store::OutboxRow row, Timestamp now);

  /// Forgets every row that is not claimed, to be read again from the store.
  void clear();

  /// Claims rows that are due, as many as slots allow.
  std::vector<store::OutboxRow> take(Timestamp now);

  /// Rows that ran out of time while nothing could be sent to their receiver: dead without another
  /// attempt. They are forgotten here; the caller records them.
  std::vector<Buried> expired(Timestamp now);

  /// Ends a claim. The row waits on, first of its group, when the verdict says so.
  Verdict finish(store::OutboxRow row, const Attempt& attempt, Timestamp now);

  /// When something may be due next; nothing when nobody waits or everybody is claimed.
  [[nodiscard]] std::optional<Timestamp> next(Timestamp now) const;

  /// Since when `receiver` has failed without a success; nothing when it is fine.
  [[nodiscard]] std::optional<Timestamp> failing_since(std::string_view receiver) const;

  /// Rows that wait or are claimed.
  [[nodiscard]] std::size_t size() const noexcept { return known_.size(); }

 private:
  struct Waiting {
    store::OutboxRow row;
    milliseconds since;  ///< when it was added, by the steady clock
  };
  /// Rows of one group and target, in order: only the first may go.
  struct Chain {
    std::deque<Waiting> rows;
    std::uint64_t turn = 0;  ///< its place in `Lane::ready`, when it is there
    enum class Place : std::uint8_t { later, ready, claimed } place = Place::later;
  };
  struct Lane {
    RetryPolicy policy;
    bool open = false;      ///< its receiver is configured
    bool disabled = false;  ///< it answered that it wants no more
    std::size_t claimed = 0;
    std::uint32_t failures = 0;  ///< in a row
    std::optional<Timestamp> failing_since;
    Timestamp held_until{};  ///< by Retry-After, or by the breaker until its next probe
    std::string last_error;
    std::map<std::string, Chain> chains;
    std::set<std::pair<Timestamp, std::string>> later;      ///< chains by due time
    std::set<std::pair<std::uint64_t, std::string>> ready;  ///< chains by turn
    std::map<std::string, std::uint64_t> turns;             ///< next turn of each feed
    std::uint64_t now_served = 0;
  };

  static std::string chain_key(const store::OutboxRow& row);
  static void enqueue(Lane& lane, const std::string& key, Chain& chain, Timestamp now);
  static void promote(Lane& lane, Timestamp now);
  static void release_all(Lane& lane, Timestamp now);
  static bool may_send(const Lane& lane, Timestamp now);
  static void succeed(Lane& lane, Timestamp now);
  static void fail(Lane& lane, const store::OutboxRow& row, const Attempt& attempt, Timestamp now);
  void bury(const Lane& lane, Chain& chain, Timestamp now, std::vector<Buried>& out);
  [[nodiscard]] bool spent(const Lane& lane, const Waiting& waiting, Timestamp now) const;

  std::map<std::string, Lane, std::less<>> lanes_;  ///< by receiver
  Timestamp last_look_{};
  milliseconds steady_{0};
  std::set<std::pair<std::string, std::string>> known_;  ///< event and target
};

}  // namespace tocsin::notifier
