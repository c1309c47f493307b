// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "base/time_format.hpp"
#include "notifier/event_json.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

/// Reads members by name and remembers the first thing that was wrong, so that a reader is a list
/// of members and not a ladder of checks.
class Reader {
 public:
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  void fail(std::string_view key, std::string_view wanted) {
    if (failure_) return;
    failure_ =
        Error{Errc::malformed, "event: \"" + std::string(key) + "\" is not " + std::string(wanted)};
  }

  const json::value* find(const json::object& from, std::string_view key) {
    return from.if_contains(key);
  }

  std::string text(const json::object& from, std::string_view key) {
    const auto* value = find(from, key);
    if (value == nullptr) return {};
    const auto* string = value->if_string();
    if (string == nullptr) {
      fail(key, "a string");
      return {};
    }
    return {string->data(), string->size()};
  }

  std::uint32_t number(const json::object& from, std::string_view key) {
    const auto* value = find(from, key);
    if (value == nullptr) return 0;
    const auto* number = value->if_int64();
    if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
      fail(key, "a whole number");
      return 0;
    }
    return static_cast<std::uint32_t>(*number);
  }

  std::optional<Timestamp> time(const json::object& from, std::string_view key) {
    const auto written = text(from, key);
    if (written.empty()) return std::nullopt;
    auto when = parse_rfc3339(written);
    if (when) return *when;
    fail(key, "a date");
    return std::nullopt;
  }

  const json::object& object(const json::object& from, std::string_view key) {
    static const json::object none;
    const auto* value = find(from, key);
    if (value == nullptr) return none;
    if (value->is_object()) return value->get_object();
    fail(key, "an object");
    return none;
  }

  /// Calls `read` with each object of the array `key`.
  template <class Read>
  void each(const json::object& from, std::string_view key, Read read) {
    const auto* value = find(from, key);
    if (value == nullptr) return;
    if (!value->is_array()) return fail(key, "an array");
    for (const auto& element : value->get_array()) {
      if (!element.is_object()) return fail(key, "an array of objects");
      read(element.get_object());
    }
  }

  Labels labels(const json::object& from) {
    Labels out;
    for (const auto& [name, value] : object(from, "labels")) {
      if (const auto* string = value.if_string())
        out.emplace(name, std::string(string->data(), string->size()));
      else
        fail("labels", "made of strings");
    }
    return out;
  }

  Severity severity(const json::object& from) {
    const auto name = text(from, "severity");
    const auto found = severity_from(name);
    if (!found) fail("severity", "one of low, normal, high, critical");
    return found.value_or(Severity::normal);
  }

  Field field(const json::object& from) {
    const auto name = text(from, "field");
    for (const auto f : {Field::title, Field::summary, Field::body, Field::author, Field::tag,
                         Field::url, Field::site, Field::feed, Field::lang, Field::label})
      if (to_string(f) == name) return f;
    fail("field", "a field");
    return Field::body;
  }

 private:
  std::optional<Error> failure_;
};

EventHit read_hit(Reader& in, const json::object& from) {
  EventHit out;
  out.watch = in.text(from, "watch");
  out.hit.field = in.field(from);
  out.hit.start = in.number(from, "start");
  out.hit.end = in.number(from, "end");
  out.hit.text = in.text(from, "text");
  out.hit.term = in.text(from, "term");
  out.hit.form = in.text(from, "form");
  out.context = in.text(from, "context");
  out.context_start = in.number(from, "context_start");
  out.context_end = in.number(from, "context_end");
  if (out.context_start > out.context_end || out.context_end > out.context.size())
    in.fail("context_end", "inside the context");
  return out;
}

EventItem read_item(Reader& in, const json::object& from) {
  EventItem out;
  out.id = in.text(from, "id");
  out.url = in.text(from, "url");
  out.title = in.text(from, "title");
  out.summary = in.text(from, "summary");
  in.each(from, "authors", [&](const json::object& one) {
    out.authors.push_back({in.text(one, "name"), in.text(one, "url"), in.text(one, "email")});
  });
  out.published = in.time(from, "date_published");
  out.found = in.time(from, "date_found").value_or(Timestamp{});
  const auto& feed = in.object(from, "feed");
  out.feed = {in.text(feed, "name"), in.text(feed, "url"), in.labels(feed)};
  out.language = in.text(from, "language");
  const auto& story = in.object(from, "story");
  out.story = in.text(story, "id");
  if (in.find(story, "sources") != nullptr) out.story_sources = in.number(story, "sources");
  out.story_first_seen = in.time(story, "first_seen").value_or(Timestamp{});
  const auto* update = in.find(from, "update");
  if (update != nullptr && !update->is_bool()) in.fail("update", "true or false");
  out.update = update != nullptr && update->is_bool() && update->get_bool();
  in.each(from, "hits", [&](const json::object& one) { out.hits.push_back(read_hit(in, one)); });
  return out;
}

EventType read_type(Reader& in, const json::object& from) {
  const auto name = in.text(from, "type");
  for (const auto type : {EventType::alert, EventType::digest, EventType::health})
    if (to_string(type) == name) return type;
  in.fail("type", "one of tocsin.alert, tocsin.digest, tocsin.health");
  return EventType::alert;
}

Event read_event(Reader& in, const json::object& from) {
  Event out;
  out.id = in.text(from, "id");
  if (out.id.empty()) in.fail("id", "there");
  out.type = read_type(in, from);
  out.time = in.time(from, "time").value_or(Timestamp{});
  const auto& data = in.object(from, "data");
  out.receiver = in.text(data, "receiver");
  const auto& group = in.object(data, "group");
  out.group_key = in.text(group, "key");
  out.group_labels = in.labels(group);
  out.severity = in.severity(data);
  in.each(data, "watches", [&](const json::object& one) {
    out.watches.push_back({in.text(one, "name"), in.severity(one), in.labels(one)});
  });
  in.each(data, "items", [&](const json::object& one) { out.items.push_back(read_item(in, one)); });
  const auto& health = in.object(data, "health");
  out.health_kind = in.text(health, "kind");
  out.health_text = in.text(health, "text");
  out.console_url = in.text(in.object(data, "links"), "console");
  return out;
}

}  // namespace

Result<Event> event_from_json(std::string_view text) {
  boost::system::error_code broken;
  const auto document = json::parse(json::string_view(text.data(), text.size()), broken);
  if (broken) return Error{Errc::malformed, "event: not JSON: " + broken.message()};
  if (!document.is_object()) return Error{Errc::malformed, "event: not a JSON object"};
  Reader in;
  auto event = read_event(in, document.get_object());
  if (in.failure()) return *in.failure();
  return event;
}

}  // namespace tocsin::notifier
