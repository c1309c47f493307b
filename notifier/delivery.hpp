// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "model/event.hpp"
#include "model/notification.hpp"
#include "notifier/channel.hpp"
#include "notifier/router.hpp"
#include "notifier/spec.hpp"
#include "store/store.hpp"

namespace tocsin::notifier {

/// One attempt that was made: for the demo, logs and metrics.
struct DeliveryReport {
  Event event;
  std::string target;
  Attempt attempt;
  std::uint32_t number = 1;  ///< which attempt it was, from 1
  bool final = false;        ///< delivered or dead: there will be no other by itself
};

/// From matches to delivered messages: routes, gathers groups, releases them into the outbox and
/// sends what is there, at least once (docs/delivery.md).
///
/// Loop thread only. The store, the clock and the loop outlive it, and it outlives its `run()`.
class DeliveryService {
 public:
  using Channels = std::map<std::string, std::unique_ptr<Channel>, std::less<>>;  ///< by receiver

  DeliveryService(store::Store& store, const Clock& clock, boost::asio::any_io_executor loop,
                  DeliverySpec spec, Channels channels);
  ~DeliveryService();
  DeliveryService(const DeliveryService&) = delete;
  DeliveryService& operator=(const DeliveryService&) = delete;

  /// What to store for one item that `watches` named: at most one notification a receiver, with all
  /// watches that it is to hear of. Pure: for `PollCommit::notifications`.
  [[nodiscard]] std::vector<Notification> route(const EventItem& item,
                                                const std::vector<EventWatch>& watches,
                                                Timestamp now) const;

  /// What to store for something about tocsin itself, where `feed` is what it is about, if it is:
  /// for the receiver of health alerts, else for those that the routes lead to. Pure.
  [[nodiscard]] std::vector<Notification> route_health(const Health& health, Timestamp now,
                                                       const FeedRef& feed = {}) const;

  /// Stores a health alert on its own, and wakes the delivery. It is logged where that fails.
  boost::asio::awaitable<void> tell(Health health);

  /// Says that something was committed: there may be work that is due.
  void wake();

  /// Releases groups, sends and records until `stop()`, then ends when nothing is in flight. A
  /// cancellation stops too, and cuts short what is in flight: it is sent again after the next
  /// start. Call it once.
  boost::asio::awaitable<void> run();

  /// No new attempts from here on; those in flight end and are recorded.
  void stop();

  /// Waits until nothing is in flight and, with `deliver_due`, nothing that is due is left. False
  /// when `limit` passed before.
  boost::asio::awaitable<bool> drain(std::chrono::milliseconds limit, bool deliver_due);

  /// False while the store fails, so that nothing that is due can be released or recorded.
  [[nodiscard]] bool healthy() const noexcept;

  /// Takes a new configuration over (reload). What waits keeps waiting under the same ids; attempts
  /// in flight end on their old channels.
  void replace(DeliverySpec spec, Channels channels);

  /// Told of every attempt, after it was recorded. May be empty.
  std::function<void(const DeliveryReport&)> on_attempt;

 private:
  struct Core;
  std::unique_ptr<Core> core_;
};

}  // namespace tocsin::notifier
