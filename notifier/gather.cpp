// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/digest.hpp"
#include "notifier/grouper.hpp"

namespace tocsin::notifier {
namespace {

std::string id_of(const Batch& batch) {
  std::vector<std::string> ids;
  for (const auto& notification : batch.notifications) ids.push_back(notification.id);
  std::sort(ids.begin(), ids.end());
  std::string text = batch.receiver + '\n' + batch.group_key;
  for (const auto& id : ids) text += '\n' + id;
  return stable_id(text);
}

void add_watches(Event& event, const std::vector<EventWatch>& watches) {
  for (const auto& watch : watches) {
    event.severity = std::max(event.severity, watch.severity);
    const bool known = std::any_of(event.watches.begin(), event.watches.end(),
                                   [&](const auto& other) { return other.name == watch.name; });
    if (!known) event.watches.push_back(watch);
  }
}

}  // namespace

Event gather(const Batch& batch, Timestamp now, const std::string& console_url) {
  std::vector<const Notification*> order;
  for (const auto& notification : batch.notifications) order.push_back(&notification);
  if (batch.type == EventType::digest)
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
      if (a->severity != b->severity) return a->severity > b->severity;
      return a->item.hits.size() > b->item.hits.size();
    });

  const auto& first = *order.front();
  Event event;
  event.id = id_of(batch);
  event.type = batch.type;
  event.time = now;
  event.receiver = batch.receiver;
  event.group_key = batch.group_key;
  event.severity = Severity::low;
  event.console_url = console_url;
  if (batch.type != EventType::digest) event.group_labels = first.group_labels;
  if (batch.type == EventType::health) {
    event.severity = first.severity;
    event.health_kind = first.health_kind;
    event.health_text = first.health_text;
    return event;
  }
  for (const auto* notification : order) {
    add_watches(event, notification->watches);
    event.items.push_back(notification->item);
  }
  return event;
}

}  // namespace tocsin::notifier
