// SPDX-License-Identifier: MIT
#include "app/sample_event.hpp"

#include <chrono>
#include <utility>

#include "base/digest.hpp"
#include "base/time_format.hpp"
#include "notifier/context.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kText =
    "This is a test message of tocsin & nothing has happened. A real one shows here the words "
    "around what a watch found, with the matched words marked, in any script: Erdoğan, Путин, "
    "علی خامنه‌ای.";

EventHit hit(Field field, std::string_view words, std::string_view text) {
  Hit found;
  found.field = field;
  found.start = static_cast<std::uint32_t>(text.find(words));
  found.end = found.start + static_cast<std::uint32_t>(words.size());
  found.text = words;
  found.term = words;
  return notifier::make_hit("test-watch", found, text);
}

EventItem sample_item(Timestamp now, int number) {
  EventItem item;
  item.id = "urn:tocsin:test:" + std::to_string(number);
  item.url = "https://example.org/tocsin-test?n=" + std::to_string(number) + "&utm=none";
  item.title = "Test " + std::to_string(number) + ": tocsin can reach this receiver";
  item.summary = kText;
  item.published = now - std::chrono::minutes{3 + number};
  item.found = now;
  item.feed = {"test-feed", "https://example.org/feed.xml", {{"kind", "test"}}};
  item.language = "en";
  item.hits = {hit(Field::title, "tocsin", item.title), hit(Field::summary, "matched words", kText),
               hit(Field::summary, "Путин", kText)};
  return item;
}

}  // namespace

std::optional<EventType> sample_type(std::string_view name) {
  if (name == "alert") return EventType::alert;
  if (name == "digest") return EventType::digest;
  if (name == "health") return EventType::health;
  return std::nullopt;
}

Event sample_event(EventType type, const std::string& receiver, Timestamp now) {
  Event event;
  event.id = stable_id("test\n" + receiver + "\n" + format_rfc3339(now));
  event.type = type;
  event.time = now;
  event.receiver = receiver;
  event.group_key = "test";
  event.severity = Severity::normal;
  if (type == EventType::health) {
    event.health_kind = "test";
    event.health_text = "this is a test of health alerts: nothing is wrong";
    return event;
  }
  event.watches = {{"test-watch", Severity::normal, {}}};
  const int count = type == EventType::digest ? 3 : 1;
  for (int i = 1; i <= count; ++i) event.items.push_back(sample_item(now, i));
  return event;
}

}  // namespace tocsin::app
