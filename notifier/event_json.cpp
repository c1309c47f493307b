// SPDX-License-Identifier: MIT
#include "notifier/event_json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/time_format.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

/// Sets `key` unless `value` is empty: a missing value is a missing key.
void put(json::object& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out[key] = valid_utf8(value);
}

void put_time(json::object& out, std::string_view key, Timestamp when) {
  if (when != Timestamp{}) out[key] = format_rfc3339(when);
}

json::object labels_object(const Labels& labels) {
  json::object out;
  for (const auto& [name, value] : labels) out[valid_utf8(name)] = valid_utf8(value);
  return out;
}

json::object watch_object(const EventWatch& watch) {
  json::object out;
  put(out, "name", watch.name);
  out["severity"] = to_string(watch.severity);
  out["labels"] = labels_object(watch.labels);
  return out;
}

json::object hit_object(const EventHit& hit) {
  json::object out;
  put(out, "watch", hit.watch);
  out["field"] = to_string(hit.hit.field);
  out["start"] = hit.hit.start;
  out["end"] = hit.hit.end;
  put(out, "text", hit.hit.text);
  put(out, "term", hit.hit.term);
  put(out, "form", hit.hit.form);
  put(out, "context", hit.context);
  if (!hit.context.empty()) {
    out["context_start"] = hit.context_start;
    out["context_end"] = hit.context_end;
  }
  return out;
}

json::array authors_array(const std::vector<Author>& authors) {
  json::array out;
  for (const auto& author : authors) {
    json::object one;
    put(one, "name", author.name);
    put(one, "url", author.url);
    put(one, "email", author.email);
    if (!one.empty()) out.push_back(std::move(one));
  }
  return out;
}

json::object feed_object(const FeedRef& feed) {
  json::object out;
  put(out, "name", feed.name);
  put(out, "url", feed.url);
  out["labels"] = labels_object(feed.labels);
  return out;
}

json::object story_object(const EventItem& item) {
  json::object out;
  put(out, "id", item.story);
  out["sources"] = item.story_sources;
  put_time(out, "first_seen", item.story_first_seen);
  return out;
}

json::object item_object(const EventItem& item) {
  json::object out;
  put(out, "id", item.id);
  put(out, "url", item.url);
  put(out, "title", item.title);
  put(out, "summary", item.summary);
  if (auto authors = authors_array(item.authors); !authors.empty())
    out["authors"] = std::move(authors);
  if (item.published) out["date_published"] = format_rfc3339(*item.published);
  put_time(out, "date_found", item.found);
  out["feed"] = feed_object(item.feed);
  put(out, "language", item.language);
  if (!item.story.empty()) out["story"] = story_object(item);
  if (item.update) out["update"] = true;
  json::array hits;
  for (const auto& hit : item.hits) hits.push_back(hit_object(hit));
  out["hits"] = std::move(hits);
  return out;
}

json::object data_object(const Event& event) {
  json::object data;
  put(data, "receiver", event.receiver);
  json::object group;
  put(group, "key", event.group_key);
  group["labels"] = labels_object(event.group_labels);
  data["group"] = std::move(group);
  data["severity"] = to_string(event.severity);
  json::array watches;
  for (const auto& watch : event.watches) watches.push_back(watch_object(watch));
  data["watches"] = std::move(watches);
  json::array items;
  for (const auto& item : event.items) items.push_back(item_object(item));
  data["items"] = std::move(items);
  if (event.type == EventType::health) {
    json::object health;
    put(health, "kind", event.health_kind);
    put(health, "text", event.health_text);
    data["health"] = std::move(health);
  }
  json::object links;
  put(links, "console", event.console_url);
  if (!links.empty()) data["links"] = std::move(links);
  return data;
}

}  // namespace

std::string to_json(const Event& event, std::string_view source) {
  json::object out;
  out["specversion"] = "1.0";
  out["id"] = valid_utf8(event.id);
  out["source"] = source.empty() ? "tocsin" : valid_utf8(source);
  out["type"] = to_string(event.type);
  out["time"] = format_rfc3339(event.time);
  out["datacontenttype"] = "application/json";
  put(out, "subject", event.group_key);
  out["data"] = data_object(event);
  return json::serialize(out);
}

}  // namespace tocsin::notifier
