// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "model/item.hpp"
#include "model/labels.hpp"
#include "model/match.hpp"

namespace tocsin {

/// Where an item came from, as an alert names it.
struct FeedRef {
  std::string name, url;
  Labels labels;
};

/// A span that an alert shows: a `Hit` with its watch and the words around it.
struct EventHit {
  std::string watch;
  Hit hit;
  std::string context;              ///< one line of plain text around the hit
  std::uint32_t context_start = 0;  ///< bytes of `context` before the hit
  std::uint32_t context_end = 0;    ///< and up to its end, half open
};

/// One article inside an alert.
struct EventItem {
  std::string id, url, title, summary;
  std::vector<Author> authors;
  std::optional<Timestamp> published;
  Timestamp found{};  ///< when tocsin first saw it
  FeedRef feed;
  std::string language;
  std::string story;  ///< stable id of the story that it tells; empty: unknown
  std::uint32_t story_sources = 1;
  Timestamp story_first_seen{};
  bool update = false;  ///< a later edition of an item that was known before
  std::vector<EventHit> hits;
};

/// A watch that an alert is about.
struct EventWatch {
  std::string name;
  Severity severity = Severity::normal;
  Labels labels;
};

enum class EventType : std::uint8_t { alert, digest, health };

/// "tocsin.alert", "tocsin.digest" or "tocsin.health": the CloudEvents type.
constexpr std::string_view to_string(EventType type) noexcept {
  switch (type) {
    case EventType::alert: return "tocsin.alert";
    case EventType::digest: return "tocsin.digest";
    case EventType::health: return "tocsin.health";
  }
  return "tocsin.alert";
}

/// What one receiver is sent, once: all items of a group that were due, with every watch that
/// named them. Its JSON form (notifier/event_json.hpp) is a contract.
struct Event {
  std::string id;  ///< derived from content; the same on every attempt
  EventType type = EventType::alert;
  Timestamp time{};
  std::string receiver;
  std::string group_key;  ///< stable over restarts and reloads
  Labels group_labels;
  Severity severity = Severity::normal;  ///< the highest of `watches`
  std::vector<EventWatch> watches;
  std::vector<EventItem> items;
  std::string health_kind, health_text;  ///< type health only: "feed_down", and one sentence
  std::string console_url;               ///< a page about it; empty: none
};

}  // namespace tocsin
