// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/notification.hpp"

namespace tocsin::store {

/// A notification that waits for its group to be released.
struct PendingNotification {
  std::int64_t sequence = 0;  ///< order of commit, above 0; never used twice
  Notification notification;
};

/// What became of a notification. The numbers are stored.
enum class Fate : std::uint8_t {
  pending = 0,
  released = 1,   ///< it is in an event, and that is in the outbox
  duplicate = 2,  ///< the receiver was told of this article before
  quiet = 3,      ///< dropped by a route's quiet hours
  silenced = 4,   ///< dropped by a silence
  inhibited = 5,  ///< dropped because a more telling alert is out
};

/// The name of `fate` as listings write it.
constexpr std::string_view to_string(Fate fate) noexcept {
  switch (fate) {
    case Fate::pending: return "pending";
    case Fate::released: return "released";
    case Fate::duplicate: return "duplicate";
    case Fate::quiet: return "quiet";
    case Fate::silenced: return "silenced";
    case Fate::inhibited: return "inhibited";
  }
  return "pending";
}

/// A notification that leaves the waiting room.
struct Settled {
  std::string id;
  Fate fate = Fate::released;
};

/// Something that a receiver knows from now on, and from where: for `Store::told_by`.
struct Told {
  std::string key, origin;
};

/// One step out of the waiting room: written in one transaction, or not at all. Without an `event`
/// it only settles notifications.
struct Release {
  std::string event;  ///< Event::id; empty: none. Releasing it twice is harmless
  std::string receiver, group_key;
  std::string feed;                  ///< of its first item: sending is fair over feeds
  std::string payload;               ///< the event; opaque to the store
  std::vector<std::string> targets;  ///< one outbox row each
  Timestamp now{};
  std::vector<Settled> settled;
  std::vector<Told> told;
};

/// Where a row of the outbox stands. The numbers are stored.
enum class OutboxState : std::uint8_t {
  waiting = 0,  ///< for its first or next attempt
  delivered = 1,
  dead = 2,     ///< given up: a dead letter, kept to be looked at and replayed
  dropped = 3,  ///< by an operator
};

/// The name of `state` as listings write it.
constexpr std::string_view to_string(OutboxState state) noexcept {
  switch (state) {
    case OutboxState::waiting: return "waiting";
    case OutboxState::delivered: return "delivered";
    case OutboxState::dead: return "dead";
    case OutboxState::dropped: return "dropped";
  }
  return "waiting";
}

/// One event on its way to one target of a receiver. (event, target) is unique.
struct OutboxRow {
  std::int64_t sequence = 0;  ///< order of release, above 0; never used twice
  std::string event, target;  ///< Event::id, and Channel::targets: "" where there is only one
  std::string receiver, group_key, feed;
  OutboxState state = OutboxState::waiting;
  Timestamp created{};
  Timestamp due{};             ///< of the next attempt
  std::uint32_t attempts = 0;  ///< made so far
  Timestamp last_attempt{};    ///< epoch: none
  std::string last_error;      ///< one line, without secrets
};

/// How full the outbox is.
struct OutboxDepth {
  std::uint64_t waiting = 0, dead = 0;
  Timestamp oldest{};  ///< when the oldest that waits was released; epoch: none waits
};

/// How an attempt ended, to be written to its row.
struct AttemptRecord {
  std::string event, target;
  OutboxState state = OutboxState::delivered;
  Timestamp at{};
  Timestamp due{};  ///< of the next attempt, for `waiting`
  std::uint32_t attempts = 1;
  std::string error;  ///< empty when delivered
};

/// When a group's last event was released.
struct GroupState {
  std::string receiver, group_key;
  Timestamp last_release{};
};

/// Which rows of the outbox to list, newest first.
struct OutboxQuery {
  std::vector<OutboxState> states;  ///< empty: all
  std::string receiver;             ///< empty: all
  std::string event;                ///< a prefix of the event id; empty: all
  std::size_t limit = 100;
};

/// Alerts that match all of `matchers` are dropped from `starts` until `ends`.
struct Silence {
  std::string id;
  std::vector<std::string> matchers;  ///< as written: `severity="low"`
  Timestamp starts{}, ends{};
  std::string comment;
};

/// How long what is kept; 0 keeps for ever.
struct Retention {
  std::chrono::milliseconds items{std::chrono::hours{24 * 90}};     ///< archived items
  std::chrono::milliseconds matches{std::chrono::hours{24 * 730}};  ///< items that matched
  std::chrono::milliseconds delivered{std::chrono::hours{24 * 30}};
  std::chrono::milliseconds dead{std::chrono::hours{24 * 365}};
};

/// Which items of the archive to read, in order of finding.
struct ArchiveQuery {
  Timestamp since{};
  std::string feed;        ///< empty: all
  std::string watch;       ///< only items that this watch matched; empty: all
  bool matched = false;    ///< only items that some watch matched
  bool newest = false;     ///< newest first
  std::string words;       ///< only indexed items that hold these (`search_words`); empty: all
  std::int64_t after = 0;  ///< continue behind this sequence
  std::size_t limit = 100;
};

}  // namespace tocsin::store
