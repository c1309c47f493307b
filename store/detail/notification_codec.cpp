// SPDX-License-Identifier: MIT
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/detail/codec.hpp"
#include "store/detail/json_fields.hpp"
#include "store/detail/people_codec.hpp"

namespace tocsin::store::detail {
namespace {

json::object feed_to(const FeedRef& feed) {
  json::object one;
  put(one, "name", feed.name);
  put(one, "url", feed.url);
  put(one, "labels", feed.labels);
  return one;
}

json::array hits_to(const std::vector<EventHit>& hits) {
  json::array list;
  for (const auto& hit : hits) {
    auto one = hit_to(hit.hit);
    put(one, "watch", hit.watch);
    put(one, "context", hit.context);
    put(one, "context_start", std::int64_t{hit.context_start});
    put(one, "context_end", std::int64_t{hit.context_end});
    list.emplace_back(std::move(one));
  }
  return list;
}

json::object item_to(const EventItem& item) {
  json::object one;
  put(one, "id", item.id);
  put(one, "url", item.url);
  put(one, "title", item.title);
  put(one, "summary", item.summary);
  put(one, "authors", authors_to(item.authors));
  put(one, "published", item.published);
  put(one, "found", item.found);
  one["feed"] = feed_to(item.feed);
  put(one, "language", item.language);
  put(one, "story", item.story);
  put(one, "story_sources", std::int64_t{item.story_sources});
  put(one, "story_first_seen", item.story_first_seen);
  put(one, "update", std::int64_t{item.update ? 1 : 0});
  put(one, "hits", hits_to(item.hits));
  return one;
}

EventItem item_from(const json::object& one) {
  EventItem item;
  item.id = text(one, "id");
  item.url = text(one, "url");
  item.title = text(one, "title");
  item.summary = text(one, "summary");
  item.authors = authors_from(one, "authors");
  item.published = maybe_time(one, "published");
  item.found = time(one, "found");
  if (const auto* feed = one.if_contains("feed"); feed != nullptr && feed->is_object()) {
    const auto& from = feed->get_object();
    item.feed = {text(from, "name"), text(from, "url"), labels(from, "labels")};
  }
  item.language = text(one, "language");
  item.story = text(one, "story");
  item.story_sources = count(one, "story_sources");
  item.story_first_seen = time(one, "story_first_seen");
  item.update = flag(one, "update");
  for_each(one, "hits", [&](const json::object& hit) {
    item.hits.push_back({.watch = text(hit, "watch"),
                         .hit = hit_from(hit),
                         .context = text(hit, "context"),
                         .context_start = count(hit, "context_start"),
                         .context_end = count(hit, "context_end")});
  });
  return item;
}

json::array watches_to(const std::vector<EventWatch>& watches) {
  json::array list;
  for (const auto& watch : watches) {
    json::object one;
    put(one, "name", watch.name);
    one["severity"] = to_string(watch.severity);
    put(one, "labels", watch.labels);
    list.emplace_back(std::move(one));
  }
  return list;
}

EventType type_from(std::string_view name) {
  for (const auto type : {EventType::alert, EventType::digest, EventType::health})
    if (to_string(type) == name) return type;
  return EventType::alert;
}

Severity severity_of(const json::object& one) {
  return severity_from(text(one, "severity")).value_or(Severity::normal);
}

Result<json::object> parse_object(std::string_view text, const char* what) {
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  if (failed || !value.is_object())
    return Error{Errc::malformed, std::string("a stored ") + what + " is no JSON"};
  return std::move(value.get_object());
}

}  // namespace

std::string encode(const Notification& notification) {
  json::object one;
  put(one, "id", notification.id);
  put(one, "receiver", notification.receiver);
  put(one, "route", notification.route);
  put(one, "group_key", notification.group_key);
  put(one, "group_labels", notification.group_labels);
  one["severity"] = to_string(notification.severity);
  put(one, "created", notification.created);
  put(one, "watches", watches_to(notification.watches));
  one["item"] = item_to(notification.item);
  one["type"] = to_string(notification.type);
  put(one, "health_kind", notification.health_kind);
  put(one, "health_text", notification.health_text);
  return json::serialize(one);
}

Result<Notification> decode_notification(std::string_view stored) {
  const auto parsed = parse_object(stored, "notification");
  if (!parsed) return parsed.error();
  const auto& one = *parsed;
  Notification notification;
  notification.id = text(one, "id");
  notification.receiver = text(one, "receiver");
  notification.route = text(one, "route");
  notification.group_key = text(one, "group_key");
  notification.group_labels = labels(one, "group_labels");
  notification.severity = severity_of(one);
  notification.created = time(one, "created");
  for_each(one, "watches", [&](const json::object& watch) {
    notification.watches.push_back(
        {text(watch, "name"), severity_of(watch), labels(watch, "labels")});
  });
  if (const auto* item = one.if_contains("item"); item != nullptr && item->is_object())
    notification.item = item_from(item->get_object());
  notification.type = type_from(text(one, "type"));
  notification.health_kind = text(one, "health_kind");
  notification.health_text = text(one, "health_text");
  return notification;
}

std::string encode(const Match& match) {
  json::object one;
  put(one, "labels", match.labels);
  json::array hits;
  for (const auto& hit : match.hits) hits.emplace_back(hit_to(hit));
  put(one, "hits", std::move(hits));
  return json::serialize(one);
}

Result<Match> decode_match(std::string_view stored) {
  const auto one = parse_object(stored, "match");
  if (!one) return one.error();
  Match match;
  match.labels = labels(*one, "labels");
  for_each(*one, "hits", [&](const json::object& hit) { match.hits.push_back(hit_from(hit)); });
  return match;
}

std::string encode(const std::vector<std::string>& list) {
  return json::serialize(json::array(list.begin(), list.end()));
}

std::vector<std::string> decode_list(std::string_view stored) {
  std::vector<std::string> list;
  boost::system::error_code failed;
  const auto value = json::parse(stored, failed);
  if (failed || !value.is_array()) return list;
  for (const auto& entry : value.get_array())
    if (entry.is_string()) list.emplace_back(entry.get_string());
  return list;
}

}  // namespace tocsin::store::detail
