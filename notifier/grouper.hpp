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
#include "model/event.hpp"
#include "model/notification.hpp"
#include "notifier/intervals.hpp"
#include "notifier/spec.hpp"
#include "store/records.hpp"

namespace tocsin::notifier {

/// Notifications that leave the waiting room together: one event, or nothing when dropped.
struct Batch {
  std::string receiver, group_key;
  EventType type = EventType::alert;
  store::Fate fate = store::Fate::released;
  std::vector<Notification> notifications;  ///< never empty
  std::optional<Timestamp> last_release;    ///< of its group, before this one
};

/// The order of a digest: the most severe items first, and of those the ones with most hits.
bool more_telling(const Notification& one, const Notification& other);

/// What one receiver is told by `batch`, at `now`. The id is derived from the receiver, the group
/// and the notifications, whatever their order. Two editions of one article become one item: the
/// later, with the hits of both. Any thread: pure.
Event gather(const Batch& batch, Timestamp now, const std::string& console_url);

/// The waiting room: gathers notifications into groups and says when each group is to be released.
///
/// A group's first message goes `wait` after its first notification, later ones at least `every`
/// apart. Quiet hours of the route hold what is due until they end, or drop it. A receiver with
/// digest times gets everything at those times as one digest; one with a throttle gets what is over
/// the limit as one digest as soon as the limit allows. Health notifications wait for nothing.
///
/// Loop thread only. It does no input or output and knows no time but what it is told; times that
/// lie ahead because the clock was set back are taken as now.
class Grouper {
 public:
  explicit Grouper(const DeliverySpec& spec);

  /// Takes other timing rules over (reload); what waits is timed anew.
  void configure(const DeliverySpec& spec, Timestamp now);

  /// Says what was released before a restart: `times` are those of a throttled receiver.
  void restore(const store::GroupState& state);
  void restore(const std::string& receiver, const std::vector<Timestamp>& times);

  void add(Notification notification, Timestamp now);

  /// Takes out what is due, at most some hundred notifications a batch.
  std::vector<Batch> due(Timestamp now);

  /// Puts a batch back that could not be stored.
  void put_back(Batch batch, Timestamp now);

  /// Says that nothing of `batch` was sent after all: neither its group nor a throttle counts it.
  void discount(const Batch& batch);

  /// When something is due next; nothing when nobody waits.
  [[nodiscard]] std::optional<Timestamp> next() const;

  /// Notifications that wait.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  struct Timing {
    std::chrono::milliseconds wait{0}, every{0};
    std::vector<std::string> quiet;
    QuietAction action = QuietAction::hold;
  };
  struct Receiver {
    std::optional<Digest> digest;
    std::optional<Throttle> throttle;
    std::optional<Zone> zone;        ///< set with `digest`
    std::deque<Timestamp> releases;  ///< kept for `throttle`
  };
  struct Group {
    std::string receiver, key, route;
    EventType type = EventType::alert;
    std::vector<Notification> waiting;
    Timestamp due{};
    bool overflow = false;  ///< the throttle held it back
  };

  void add_routes(const Route& route);
  void schedule(Group& group, Timestamp due);
  [[nodiscard]] Timestamp first_due(const Group& group, Timestamp now) const;
  [[nodiscard]] const Timing& timing_of(const Group& group) const;
  Receiver& receiver_of(const std::string& name) { return receivers_[name]; }
  std::optional<Timestamp> held_until(const Group& group, Timestamp now);
  std::optional<Timestamp> throttled_until(Receiver& receiver, Timestamp now);
  void release(Group group, store::Fate fate, Timestamp now, std::vector<Batch>& out);
  void merge_overflow(Group& into, Timestamp now);
  Group take(std::string key);
  void forget_old(Timestamp now);

  std::map<std::string, Timing, std::less<>> timings_;  ///< by route
  std::map<std::string, Receiver, std::less<>> receivers_;
  Intervals intervals_;
  std::chrono::milliseconds longest_{0};  ///< `every` of any route

  std::map<std::string, Group> groups_;  ///< by key; only those where somebody waits
  std::set<std::pair<Timestamp, std::string>> order_;
  std::map<std::string, Timestamp> last_release_;  ///< by key
  std::size_t size_ = 0;
  std::size_t forget_at_ = 4096;
  Timestamp last_look_{};
};

}  // namespace tocsin::notifier
