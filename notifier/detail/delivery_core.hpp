// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include "notifier/delivery.hpp"
#include "notifier/grouper.hpp"
#include "notifier/outbox.hpp"
#include "notifier/router.hpp"
#include "notifier/sifter.hpp"

namespace tocsin::notifier {

/// The state behind `DeliveryService`, and the coroutines that move it. Loop thread only.
///
/// One step looks at everything that is due: it reads what was committed since the last look,
/// releases groups, and starts attempts. Between steps it naps until `wake()` or the next due time,
/// and never for long: the wall clock that due times refer to may jump.
struct DeliveryService::Core {
  Core(store::Store& the_store, const Clock& the_clock, boost::asio::any_io_executor the_loop,
       DeliverySpec the_spec, Channels the_channels, DeliveryService& the_owner);

  store::Store& store;
  const Clock& clock;
  boost::asio::any_io_executor loop;
  DeliveryService& owner;

  DeliverySpec spec;
  std::map<std::string, std::shared_ptr<Channel>, std::less<>> channels;
  Router router;
  Grouper grouper;
  Sifter sifter;
  Outbox outbox;

  std::int64_t pending_read = 0;  ///< sequence of the last notification that was read
  std::int64_t outbox_read = 0;   ///< and of the last row of the outbox
  std::int64_t outside = -1;      ///< `Store::outside_changes` at the last look
  bool started = false;           ///< what a restart must restore was read
  bool woken = true;              ///< something may have changed since the last look
  bool stepping = false;
  bool stopping = false;
  bool abandoning = false;    ///< attempts in flight are cancelled, to be made again
  std::size_t in_flight = 0;  ///< attempts that are not yet recorded
  std::list<boost::asio::cancellation_signal> attempts;  ///< one each
  std::uint32_t troubles = 0;                            ///< steps in a row that the store failed
  Timestamp next_expiry{};
  std::map<std::string, Timestamp, std::less<>> health_told;  ///< by kind and receiver

  boost::asio::steady_timer nap;
  std::vector<boost::asio::steady_timer*> drainers;  ///< each waits in `drain`

  void adopt(DeliverySpec new_spec, Channels new_channels);
  void wake();
  void changed();  ///< whoever drains looks again
  [[nodiscard]] bool drained(bool deliver_due) const;

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> step();
  boost::asio::awaitable<void> rest();

  Result<void> start(Timestamp now);
  Result<void> read_outside(Timestamp now);
  Result<void> read_pending(Timestamp now);
  Result<void> read_outbox(Timestamp now);
  void trouble(const Error& error);

  boost::asio::awaitable<Result<void>> release_due(Timestamp now);
  [[nodiscard]] store::Release release_of(const Batch& batch, Timestamp now);
  boost::asio::awaitable<Result<void>> bury_expired(Timestamp now);
  void start_attempts(Timestamp now);
  void abandon_attempts();
  boost::asio::awaitable<void> attempt(store::OutboxRow row, std::shared_ptr<Channel> channel);
  [[nodiscard]] Result<Delivery> prepare(const store::OutboxRow& row) const;
  boost::asio::awaitable<Attempt> send(Delivery delivery, std::shared_ptr<Channel> channel);
  boost::asio::awaitable<void> record(store::AttemptRecord record);
  void over();  ///< an attempt ended
  void report(Delivery delivery, Attempt attempt, const store::AttemptRecord& record);
  boost::asio::awaitable<void> tell_health(std::string receiver, bool disabled, bool dead);
};

}  // namespace tocsin::notifier
