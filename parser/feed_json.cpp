// SPDX-License-Identifier: MIT
#include "parser/feed_json.hpp"

#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/time_format.hpp"

namespace tocsin::parser {
namespace json = boost::json;
namespace {

void put(json::object& object, std::string_view key, const std::string& value) {
  if (!value.empty()) object[{key.data(), key.size()}] = value;
}

void put(json::object& object, std::string_view key, const std::optional<Timestamp>& value) {
  if (value) object[{key.data(), key.size()}] = format_rfc3339(*value);
}

void put(json::object& object, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json::array array;
  for (const auto& value : values) array.emplace_back(value);
  object[{key.data(), key.size()}] = std::move(array);
}

void put(json::object& object, std::string_view key, const std::vector<Author>& authors) {
  json::array array;
  for (const auto& author : authors) {
    json::object one;
    put(one, "name", author.name);
    put(one, "url", author.url);
    if (!author.email.empty()) one["_tocsin"] = json::object{{"email", author.email}};
    if (!one.empty()) array.push_back(std::move(one));
  }
  if (!array.empty()) object[{key.data(), key.size()}] = std::move(array);
}

void put(json::object& object, std::string_view key, json::object value) {
  if (!value.empty()) object[{key.data(), key.size()}] = std::move(value);
}

json::array attachments_of(const Item& item) {
  json::array array;
  for (const auto& attachment : item.attachments) {
    json::object one;
    put(one, "url", attachment.url);
    put(one, "mime_type", attachment.mime_type);
    put(one, "title", attachment.title);
    if (attachment.size_in_bytes) one["size_in_bytes"] = *attachment.size_in_bytes;
    if (attachment.duration) one["duration_in_seconds"] = attachment.duration->count();
    array.push_back(std::move(one));
  }
  return array;
}

json::object extension_of(const Item& item) {
  json::object out;
  put(out, "title_html", item.title_html);
  put(out, "summary_html", item.summary_html);
  put(out, "rights", item.rights);
  json::object source;
  put(source, "title", item.source_title);
  put(source, "url", item.source_url);
  put(out, "source", std::move(source));
  put(out, "comments_url", item.comments_url);
  put(out, "contributors", item.contributors);
  if (item.guid_is_permalink) out["guid_is_permalink"] = *item.guid_is_permalink;
  return out;
}

json::object object_of(const Item& item) {
  json::object out;
  put(out, "id", item.id);
  put(out, "url", item.url);
  put(out, "external_url", item.external_url);
  put(out, "title", item.title);
  put(out, "content_html", item.content_html);
  put(out, "content_text", item.content_text);
  put(out, "summary", item.summary);
  put(out, "image", item.image);
  put(out, "date_published", item.published);
  put(out, "date_modified", item.modified);
  put(out, "authors", item.authors);
  put(out, "tags", item.tags);
  put(out, "language", item.language);
  if (!item.attachments.empty()) out["attachments"] = attachments_of(item);
  put(out, "_tocsin", extension_of(item));
  return out;
}

json::object extension_of(const Feed& feed) {
  json::object out;
  put(out, "format", feed.format);
  put(out, "encoding", feed.encoding);
  if (feed.ttl) out["ttl"] = feed.ttl->count();
  put(out, "hubs", feed.hubs);
  put(out, "self", feed.self);
  put(out, "updated", feed.updated);
  put(out, "generator", feed.generator);
  put(out, "rights", feed.rights);
  put(out, "image", feed.image);
  put(out, "warnings", feed.warnings);
  return out;
}

}  // namespace

std::string to_json(const Item& item) {
  return json::serialize(object_of(item));
}

std::string to_json(const Feed& feed) {
  json::object out;
  out["version"] = "https://jsonfeed.org/version/1.1";
  put(out, "title", feed.title);
  put(out, "home_page_url", feed.home_page_url);
  put(out, "feed_url", feed.feed_url);
  put(out, "description", feed.description);
  put(out, "icon", feed.icon);
  put(out, "language", feed.language);
  put(out, "authors", feed.authors);
  json::array items;
  for (const auto& item : feed.items) items.push_back(object_of(item));
  out["items"] = std::move(items);
  put(out, "_tocsin", extension_of(feed));
  return json::serialize(out);
}

}  // namespace tocsin::parser
