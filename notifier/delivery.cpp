// SPDX-License-Identifier: MIT
#include "notifier/delivery.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/digest.hpp"
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

std::vector<Notification> DeliveryService::route_health(std::string_view kind,
                                                        std::string_view subject,
                                                        std::string_view text,
                                                        Timestamp now) const {
  const auto& spec = core_->spec;
  if (spec.health.receiver.empty()) return {};
  // What is wrong with a receiver is told to another one, when there is another.
  std::string receiver = spec.health.receiver;
  if (receiver == subject) {
    const auto other = std::find_if(spec.receivers.begin(), spec.receivers.end(),
                                    [&](const ReceiverSpec& one) { return one.name != receiver; });
    if (other != spec.receivers.end()) receiver = other->name;
  }
  Notification notification;
  notification.receiver = receiver;
  notification.type = EventType::health;
  notification.severity = Severity::high;
  notification.created = now;
  notification.health_kind = kind;
  notification.health_text = text;
  notification.group_labels = {{"kind", std::string(kind)}, {"subject", std::string(subject)}};
  const auto topic = std::string(kind) + '\n' + std::string(subject);
  notification.group_key = receiver + "/health/" + stable_id(topic, 8);
  notification.id = stable_id(notification.group_key + '\n' + topic + '\n' +
                              std::to_string(now.time_since_epoch().count()));
  return {notification};
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

void DeliveryService::replace(DeliverySpec spec, Channels channels) {
  core_->adopt(std::move(spec), std::move(channels));
  wake();
}

}  // namespace tocsin::notifier
