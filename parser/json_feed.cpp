// SPDX-License-Identifier: MIT
#include "parser/detail/json_feed.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "parser/dates.hpp"
#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace json = boost::json;
namespace {

/// A string, or a number as text; "" for everything else.
std::string text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  if (value == nullptr) return {};
  if (value->is_string()) return text::repaired_utf8(std::string_view(value->as_string()));
  if (value->is_int64()) return std::to_string(value->as_int64());
  if (value->is_uint64()) return std::to_string(value->as_uint64());
  return {};
}

const json::array* array_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  return value != nullptr ? value->if_array() : nullptr;
}

Author author_of(const json::object& object) {
  return {text_of(object, "name"), text_of(object, "url"), ""};
}

/// "authors" of version 1.1 and "author" of 1.0, each as an object, a list, or a mere name.
std::vector<Author> authors_of(const json::object& object) {
  std::vector<Author> out;
  const auto add = [&](const json::value& value) {
    if (value.is_object()) add_author(out, author_of(value.as_object()));
    if (value.is_string())
      add_author(out, {text::repaired_utf8(std::string_view(value.as_string())), "", ""});
  };
  for (const auto* key : {"authors", "author"}) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) continue;
    if (!value->is_array())
      add(*value);
    else
      for (const auto& one : value->as_array()) add(one);
  }
  return out;
}

void read_attachments(Item& item, const json::object& object, std::string_view base) {
  const auto* list = array_of(object, "attachments");
  if (list == nullptr) return;
  for (const auto& value : *list) {
    if (!value.is_object()) continue;
    const auto& from = value.as_object();
    Attachment attachment;
    attachment.url = text::resolve_url(base, text_of(from, "url"));
    attachment.mime_type = text_of(from, "mime_type");
    attachment.title = text_of(from, "title");
    if (const auto* size = from.if_contains("size_in_bytes");
        size != nullptr && size->is_int64() && size->as_int64() > 0)
      attachment.size_in_bytes = static_cast<std::uint64_t>(size->as_int64());
    if (!attachment.url.empty()) item.attachments.push_back(std::move(attachment));
  }
}

Item read_item(const json::object& object, std::string_view base, const Limits& limits) {
  Item item;
  item.id = text::one_line(text_of(object, "id"));
  item.url = text::resolve_url(base, text_of(object, "url"));
  item.external_url = text::resolve_url(base, text_of(object, "external_url"));
  item.title = text::one_line(text_of(object, "title"));
  item.summary = text_of(object, "summary");
  item.language = text_of(object, "language");
  item.image = text::resolve_url(base, text_of(object, "image"));
  item.published = read_date(text_of(object, "date_published"));
  item.modified = read_date(text_of(object, "date_modified"));
  item.authors = authors_of(object);
  const auto html = text_of(object, "content_html");
  item.content_text = text_of(object, "content_text");
  if (!html.empty()) {
    const auto kept = text::cut_utf8(html, limits.max_field);
    item.content_html = text::sanitize_html(kept, base);
    if (item.content_text.empty()) item.content_text = text::html_to_text(kept);
  }
  if (const auto* tags = array_of(object, "tags"))
    for (const auto& tag : *tags)
      if (tag.is_string()) item.tags.emplace_back(tag.as_string());
  read_attachments(item, object, base);
  return item;
}

void read_hubs(Feed& feed, const json::object& object) {
  if (const auto* hubs = array_of(object, "hubs"))
    for (const auto& hub : *hubs)
      if (hub.is_object()) feed.hubs.push_back(text_of(hub.as_object(), "url"));
}

}  // namespace

Result<Feed> read_json_feed(std::string_view text, const Source& source, const Limits& limits) {
  json::parse_options options;
  options.max_depth = 64;
  options.allow_trailing_commas = true;
  options.allow_comments = true;
  // Control characters are not allowed in strings, and mean nothing elsewhere.
  std::string mended(text);
  for (auto& c : mended)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  boost::system::error_code error;
  const auto value = json::parse(mended, error, {}, options);
  if (error) return Error{Errc::malformed, "broken JSON: " + error.message()};
  const auto* object = value.if_object();
  const auto* items = object != nullptr ? array_of(*object, "items") : nullptr;
  const auto version = object != nullptr ? text_of(*object, "version") : "";
  if (items == nullptr || version.find("jsonfeed.org") == std::string::npos)
    return Error{Errc::malformed, "this is JSON, but no JSON Feed"};
  Feed feed;
  feed.format =
      version.ends_with("/1") || version.ends_with("/1.0") ? "json-feed-1.0" : "json-feed-1.1";
  feed.title = text::one_line(text_of(*object, "title"));
  feed.home_page_url = text::resolve_url(source.url, text_of(*object, "home_page_url"));
  feed.self = feed.feed_url = text_of(*object, "feed_url");
  feed.description = text_of(*object, "description");
  feed.icon = text::resolve_url(source.url, text_of(*object, "icon"));
  feed.image = text::resolve_url(source.url, text_of(*object, "favicon"));
  feed.language = text_of(*object, "language");
  feed.authors = authors_of(*object);
  read_hubs(feed, *object);
  for (const auto& item : *items) {
    if (!item.is_object()) {
      feed.warnings.emplace_back("an item is no object and was left out");
      continue;
    }
    if (feed.items.size() == limits.max_items) break;
    feed.items.push_back(read_item(item.as_object(), source.url, limits));
  }
  return feed;
}

}  // namespace tocsin::parser::detail
