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

/// Adds `item`; a later edition takes the place of what is there, and the hits of watches that it
/// does not name itself.
void add_item(Event& event, const EventItem& item) {
  const auto known =
      std::find_if(event.items.begin(), event.items.end(), [&](const EventItem& one) {
        return !item.id.empty() && one.id == item.id && one.feed.name == item.feed.name;
      });
  if (known == event.items.end()) {
    event.items.push_back(item);
    return;
  }
  auto merged = item;
  merged.update = known->update;
  for (auto& hit : known->hits) {
    const bool named = std::any_of(item.hits.begin(), item.hits.end(),
                                   [&](const EventHit& other) { return other.watch == hit.watch; });
    if (!named) merged.hits.push_back(std::move(hit));
  }
  *known = std::move(merged);
}

}  // namespace

bool more_telling(const Notification& one, const Notification& other) {
  if (one.severity != other.severity) return one.severity > other.severity;
  return one.item.hits.size() > other.item.hits.size();
}

Event gather(const Batch& batch, Timestamp now, const std::string& console_url) {
  const auto& first = batch.notifications.front();
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
  for (const auto& notification : batch.notifications) {
    add_watches(event, notification.watches);
    add_item(event, notification.item);
  }
  return event;
}

}  // namespace tocsin::notifier
