// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "notifier/detail/delivery_core.hpp"
#include "notifier/event_json.hpp"

// g++ 12 sees Asio's frame allocator inlined on one side only, and takes that for a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace tocsin::notifier {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours kHealthGap{1};  ///< least between alerts about one receiver

bool is_final(const store::AttemptRecord& record) {
  return record.state != store::OutboxState::waiting;
}

}  // namespace

void DeliveryService::Core::start_attempts(Timestamp now) {
  if (stopping) return;
  for (auto& row : outbox.take(now)) {
    const auto channel = channels.find(row.receiver);
    ++in_flight;
    const auto signal = attempts.emplace(attempts.end());
    auto work = attempt(std::move(row), channel == channels.end() ? nullptr : channel->second);
    auto ended = [this, signal](const std::exception_ptr& bug) {
      attempts.erase(signal);
      if (bug) std::rethrow_exception(bug);
    };
    asio::co_spawn(loop, std::move(work),
                   asio::bind_cancellation_slot(signal->slot(), std::move(ended)));
  }
}

void DeliveryService::Core::abandon_attempts() {
  if (std::exchange(abandoning, true)) return;
  // An attempt may end inside emit() and erase its signal: step on before emitting.
  for (auto it = attempts.begin(); it != attempts.end();) {
    auto& signal = *it++;
    signal.emit(asio::cancellation_type::terminal);
  }
}

asio::awaitable<Attempt> DeliveryService::Core::send(Delivery delivery,
                                                     std::shared_ptr<Channel> channel) {
  auto sending = channel->deliver(std::move(delivery));
  auto outcome = co_await std::move(sending);
  co_return outcome;
}

/// What is to be sent, or why it cannot be.
Result<Delivery> DeliveryService::Core::prepare(const store::OutboxRow& row) const {
  auto payload = store.payload(row.event);
  if (!payload) return std::move(payload).error();
  auto event = event_from_json(*payload);
  if (!event) return std::move(event).error().context("the stored event cannot be read");
  return Delivery{std::move(*event), row.target, clock.now(), row.attempts + 1};
}

// Claimed before, recorded after: a crash in between sends again, under the same id.
asio::awaitable<void> DeliveryService::Core::attempt(store::OutboxRow row,
                                                     std::shared_ptr<Channel> channel) {
  co_await asio::this_coro::throw_if_cancelled(false);
  auto delivery = prepare(row);
  Attempt outcome{Attempt::Outcome::retry, "the receiver has no channel", std::nullopt};
  if (!delivery) {
    // For now or for ever: give_up_after tells, and then the row stays to be looked at.
    outcome.detail = delivery.error().message;
    Event unread;
    unread.id = row.event;
    unread.receiver = row.receiver;
    delivery = Delivery{std::move(unread), row.target, clock.now(), row.attempts + 1};
  } else if (channel) {
    auto sending = send(*delivery, channel);
    outcome = co_await std::move(sending);
  }
  if (abandoning && outcome.outcome == Attempt::Outcome::retry) {
    over();  // it did not fail, it was cut short: the next process makes it again
    co_return;
  }
  outbox.tick(clock.steady());
  const auto verdict = outbox.finish(row, outcome, clock.now());
  wake();  // its slot is free
  auto recording = record(verdict.record);
  co_await std::move(recording);
  const bool health = delivery->event.type == EventType::health;
  auto telling = tell_health(delivery->event.receiver, verdict.disabled,
                             verdict.record.state == store::OutboxState::dead);
  report(std::move(*delivery), std::move(outcome), verdict.record);
  // An alert about a lost alert about a lost alert helps nobody.
  if (!health) co_await std::move(telling);
  over();
}

void DeliveryService::Core::over() {
  --in_flight;
  wake();
  changed();
}

// What was sent is remembered here until the disk takes it, so that a full one repeats nothing.
asio::awaitable<void> DeliveryService::Core::record(store::AttemptRecord record) {
  asio::steady_timer pause(loop);
  milliseconds span{20};
  for (bool first = true;; first = false) {
    auto writing = store.record(record);
    auto written = co_await std::move(writing);
    if (written || (stopping && !first)) co_return;
    if (first)
      log::error("notifier", "cannot record an attempt yet", {{"error", written.error().message}});
    pause.expires_after(span);
    auto wait = pause.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await std::move(wait);
    span = std::min(span * 2, milliseconds{std::chrono::seconds{10}});
  }
}

void DeliveryService::Core::report(Delivery delivery, Attempt attempt,
                                   const store::AttemptRecord& record) {
  const auto level = attempt.outcome == Attempt::Outcome::delivered ? log::Level::debug
                     : is_final(record)                             ? log::Level::error
                                                                    : log::Level::warn;
  if (log::enabled(level, "notifier"))
    log::event(level, "notifier", store::to_string(record.state),
               {{"receiver", delivery.event.receiver},
                {"event", record.event},
                {"attempt", std::to_string(record.attempts)},
                {"detail", attempt.detail}});
  if (!owner.on_attempt) return;
  owner.on_attempt({std::move(delivery.event), std::move(delivery.target), std::move(attempt),
                    record.attempts, is_final(record)});
}

asio::awaitable<void> DeliveryService::Core::tell_health(std::string receiver, bool disabled,
                                                         bool dead) {
  const auto now = clock.now();
  const auto since = outbox.failing_since(receiver);
  const bool failing = since && *since + spec.health.delivery_failing_after <= now;
  if (!disabled && !dead && !failing) co_return;
  const std::string kind = disabled ? "receiver_gone" : dead ? "dead_letter" : "delivery_failing";
  auto& told = health_told[kind + '\n' + receiver];
  if (told != Timestamp{} && told <= now && now < told + kHealthGap) co_return;
  const std::string text =
      disabled ? "receiver " + receiver + " answered that it wants no more messages"
      : dead   ? "a message to " + receiver + " was given up; see `tocsin outbox list`"
               : "messages to " + receiver + " have not got through for a while";
  auto notifications = owner.route_health({kind, receiver, text}, now);
  if (notifications.empty()) co_return;
  told = now;
  auto writing = store.notify(std::move(notifications));
  auto written = co_await std::move(writing);
  if (!written) health_told.erase(kind + '\n' + receiver);
}

}  // namespace tocsin::notifier
