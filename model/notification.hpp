// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/event.hpp"

namespace tocsin {

/// One item on its way to one receiver: what routing decided, before grouping and timing.
struct Notification {
  std::string id;  ///< derived from (feed, item, receiver, group): committing it twice is harmless
  std::string receiver;
  std::string route;      ///< stable path of the route in the tree, for its timing options
  std::string group_key;  ///< stable over restarts and reloads
  Labels group_labels;
  Severity severity = Severity::normal;
  Timestamp created{};
  std::vector<EventWatch> watches;
  EventItem item;
  EventType type = EventType::alert;
  std::string health_kind, health_text;  ///< type health only
};

}  // namespace tocsin
