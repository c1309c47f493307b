// SPDX-License-Identifier: MIT
#include "notifier/delivery.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "notifier/detail/delivery_core.hpp"

namespace tocsin::notifier {

namespace asio = boost::asio;

DeliveryService::DeliveryService(store::Store& store, const Clock& clock,
                                 asio::any_io_executor loop, DeliverySpec spec, Channels channels)
    : core_(std::make_unique<Core>(store, clock, std::move(loop), std::move(spec),
                                   std::move(channels), *this)) {}

DeliveryService::~DeliveryService() = default;

std::vector<Notification> DeliveryService::route(const EventItem& item,
                                                 const std::vector<EventWatch>& watches,
                                                 Timestamp now) const {
  return core_->router.route(item, watches, now);
}

std::vector<Notification> DeliveryService::route_health(const Health& health, Timestamp now,
                                                        const FeedRef& feed) const {
  const auto& spec = core_->spec;
  const auto& wanted = spec.health.receiver;
  auto all = wanted.empty() ? core_->router.route_health(health, feed, now)
                            : std::vector{health_notification(wanted, health, now)};
  // What is wrong with a receiver is told to another one, when there is another. Where there is
  // none, only who was named for it is told of its own trouble.
  const auto troubled = [&](const Notification& one) { return one.receiver == health.subject; };
  const auto about_it = std::erase_if(all, troubled);
  if (about_it == 0 || !all.empty()) return all;
  const auto other =
      std::find_if(spec.receivers.begin(), spec.receivers.end(),
                   [&](const ReceiverSpec& one) { return one.name != health.subject; });
  if (other != spec.receivers.end())
    all.push_back(health_notification(other->name, health, now));
  else if (!wanted.empty())
    all.push_back(health_notification(wanted, health, now));
  return all;
}

asio::awaitable<void> DeliveryService::tell(Health health) {
  const auto kind = health.kind;
  auto writing = core_->store.notify(route_health(health, core_->clock.now()));
  const auto written = co_await std::move(writing);
  if (!written)
    log::error("notifier", "cannot store a health alert",
               {{"kind", kind}, {"error", written.error().message}});
  wake();
}

void DeliveryService::wake() {
  core_->wake();
}

asio::awaitable<void> DeliveryService::run() {
  return core_->run();
}

void DeliveryService::stop() {
  core_->stopping = true;
  wake();
}

asio::awaitable<bool> DeliveryService::drain(std::chrono::milliseconds limit, bool deliver_due) {
  asio::steady_timer timer(core_->loop, limit);
  const auto deadline = timer.expiry();
  wake();
  bool done = core_->drained(deliver_due);
  core_->drainers.push_back(&timer);
  while (!done && asio::steady_timer::clock_type::now() < deadline) {
    auto wait = timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await std::move(wait);
    done = core_->drained(deliver_due);
  }
  std::erase(core_->drainers, &timer);
  co_return done;
}

bool DeliveryService::healthy() const noexcept {
  return core_->troubles == 0;
}

void DeliveryService::replace(DeliverySpec spec, Channels channels) {
  core_->adopt(std::move(spec), std::move(channels));
  wake();
}

}  // namespace tocsin::notifier
