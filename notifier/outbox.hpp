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
#include "notifier/breaker.hpp"
#include "notifier/channel.hpp"
#include "notifier/spec.hpp"
#include "store/records.hpp"

namespace tocsin::notifier {

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
/// Each receiver has some slots of its own, so that one that is slow or dead holds up nobody else;
/// each target of it has a lane. Within a lane rows of one group go one after the other, in order;
/// groups take turns fairly over feeds. A receiver that fails is left to its breaker: then one row
/// at a time is tried, at growing intervals, until one gets through. A target that fails while its
/// receiver answers (a mailbox that is greylisted) has a breaker of its own, and the other targets
/// do not notice. `Retry-After` holds whoever said it. A row that fails for longer than its
/// receiver's `give_up_after` is dead, though not within its first hour here: the wall clock may
/// have jumped, or the machine have been off and its network not yet up.
///
/// Loop thread only; no input or output. A claim lives in memory alone: the folder's lock makes
/// this the only process that sends, and a crash gives every claim back.
class Outbox {
 public:
  static constexpr std::size_t kSlots = 4;  ///< attempts at a time, per receiver

  /// Least time that a row is tried for in one process, when its receiver's own time is longer.
  static constexpr milliseconds kLeastTime{std::chrono::hours{1}};

  /// Says how late it is by a clock that nobody can set. Call it before what needs the time.
  void tick(milliseconds steady) noexcept { steady_ = steady; }

  /// Takes the receivers' policies over; rows of an unknown receiver stand still.
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
  Verdict finish(const store::OutboxRow& done, const Attempt& attempt, Timestamp now);

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
  /// One target of a receiver.
  struct Lane {
    Breaker breaker;
    std::size_t claimed = 0;
    std::map<std::string, Chain> chains;                    ///< by group
    std::set<std::pair<Timestamp, std::string>> later;      ///< chains by due time
    std::set<std::pair<std::uint64_t, std::string>> ready;  ///< chains by turn
  };
  struct Receiver {
    RetryPolicy policy;
    bool known = false;     ///< it is configured
    bool disabled = false;  ///< it answered that it wants no more
    Breaker breaker;
    std::size_t claimed = 0;
    std::string last_error;
    std::map<std::string, Lane> lanes;           ///< by target
    std::map<std::string, std::uint64_t> turns;  ///< next turn of each feed
    std::uint64_t now_served = 0;

    [[nodiscard]] bool sends() const noexcept { return known && !disabled; }
  };

  static void enqueue(Receiver& receiver, Lane& lane, const std::string& key, Timestamp now);
  static void promote(Receiver& receiver, Lane& lane, Timestamp now);
  static void release_all(Receiver& receiver, Lane& lane, Timestamp now);
  static Lane* next_lane(Receiver& receiver, Timestamp now);
  static store::OutboxRow claim(Receiver& receiver, Lane& lane);
  static void answered(Receiver& receiver, Timestamp now);
  static void succeed(Receiver& receiver, Lane& lane, Timestamp now);
  static void fail(Receiver& receiver, Lane& lane, const store::OutboxRow& row,
                   const Attempt& attempt, Timestamp now);
  static Timestamp retry_at(const RetryPolicy& policy, const Breaker& breaker,
                            const store::OutboxRow& row, const Attempt& attempt, Timestamp now);
  store::OutboxState judge(Receiver& receiver, Lane& lane, const Chain& chain,
                           const Attempt& attempt, Timestamp now);
  static std::optional<Timestamp> next_of(const Receiver& receiver, Timestamp now);
  void expire(Receiver& receiver, Lane& lane, Timestamp now, std::vector<Buried>& out);
  void bury(const Receiver& receiver, Chain& chain, Timestamp now, std::vector<Buried>& out);
  void forget(Chain& chain, std::size_t kept);
  [[nodiscard]] bool spent(const Receiver& receiver, const Waiting& waiting, Timestamp now) const;

  std::map<std::string, Receiver, std::less<>> receivers_;  ///< by name
  Timestamp last_look_{};
  milliseconds steady_{0};
  std::set<std::pair<std::string, std::string>> known_;  ///< event and target
};

}  // namespace tocsin::notifier
