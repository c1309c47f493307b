// SPDX-License-Identifier: MIT
#include "parser/detail/json_feed.hpp"

#include <array>
#include <charconv>
#include <chrono>

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
  if (value->is_double()) {
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value->as_double()).ptr;
    return {digits.data(), end};
  }
  return {};
}

const json::array* array_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  return value != nullptr ? value->if_array() : nullptr;
}

/// A number, also as text, without what is behind its point; 0 for what is none.
std::int64_t whole_number(const json::object& object, std::string_view key) {
  const auto text = text_of(object, key);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  const auto* given = object.if_contains({key.data(), key.size()});
  constexpr double kMost = 1e15;  // beyond it a double does not count singly any more
  if (given != nullptr && given->is_double() && given->as_double() < kMost &&
      given->as_double() > 0)
    value = static_cast<std::int64_t>(given->as_double());
  return value;
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
    if (const auto size = whole_number(from, "size_in_bytes"); size > 0)
      attachment.size_in_bytes = static_cast<std::uint64_t>(size);
    if (const auto seconds = whole_number(from, "duration_in_seconds"); seconds > 0)
      attachment.duration = std::chrono::seconds{seconds};
    if (!attachment.url.empty()) item.attachments.push_back(std::move(attachment));
  }
}

Item read_item(const json::object& object, std::string_view base, const Limits& limits) {
  Item item;
  item.id = trimmed(text_of(object, "id"));
  item.url = text::resolve_url(base, text_of(object, "url"));
  item.external_url = text::resolve_url(base, text_of(object, "external_url"));
  item.title = text::one_line(text_of(object, "title"));
  item.summary = text_of(object, "summary");
  item.language = text_of(object, "language");
  item.image = text::resolve_url(base, text_of(object, "image"));
  if (item.image.empty()) item.image = text::resolve_url(base, text_of(object, "banner_image"));
  item.published = read_date(text_of(object, "date_published"));
  item.modified = read_date(text_of(object, "date_modified"));
  item.authors = authors_of(object);
  const auto html = text_of(object, "content_html");
  item.content_text = text_of(object, "content_text");
  const auto kept = text::cut_utf8(html, limits.max_field);
  if (limits.html == Html::leave_out) {
    if (item.content_text.empty()) item.content_text = text::html_to_text(kept);
  } else if (!html.empty()) {
    auto read = text::read_html(kept, base);
    item.content_html = std::move(read.html);
    if (item.content_text.empty()) item.content_text = std::move(read.text);
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

/// Four hexadecimal digits at `at`; 0 for what is none.
unsigned escaped_unit(std::string_view text, std::size_t at) {
  unsigned unit = 0;
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return 0;
  const auto* const from = text.data() + at + 2;
  return std::from_chars(from, from + 4, unit, 16).ptr == from + 4 ? unit : 0;
}

/// Without what no JSON parser takes: control characters, which are not allowed in strings and mean
/// nothing elsewhere, and halves of surrogate pairs, for which U+FFFD stands.
std::string mend_json(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (static_cast<unsigned char>(out[at]) < 0x20) out[at] = ' ';
    if (out[at] != '\\') continue;
    const auto unit = escaped_unit(out, at);
    const auto next = unit >= 0xD800 && unit < 0xDC00 ? escaped_unit(out, at + 6) : 0U;
    const bool pair = next >= 0xDC00 && next < 0xE000;
    if (unit >= 0xD800 && unit < 0xE000 && !pair) out.replace(at, 6, "\\uFFFD");
    at += pair ? 11 : 1;
  }
  return out;
}

/// Of a document that was cut short what stands before its first item that is not whole, closed.
std::string whole_items(std::string text) {
  constexpr std::size_t kItems = 2;  // the depth at which items stand
  std::size_t depth = 0;
  std::size_t end = 0;  // behind the last whole item, or the bracket before the first
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') ++at;
    if (in_string) continue;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (depth == kItems && (c == '}' || c == '[')) end = at + 1;
  }
  text.resize(end);
  return text + "]}";
}

}  // namespace

Result<Feed> read_json_feed(std::string_view text, const Source& source, const Limits& limits) {
  json::parse_options options;
  options.max_depth = 64;
  options.allow_trailing_commas = true;
  options.allow_comments = true;
  auto mended = mend_json(text);
  boost::system::error_code error;
  Feed feed;
  auto value = json::parse(mended, error, {}, options);
  if (error == json::error::incomplete) {
    value = json::parse(whole_items(std::move(mended)), error, {}, options);
    feed.truncated = true;
    feed.warnings.emplace_back("the document is cut; it was read as far as its last whole item");
  }
  if (error) return Error{Errc::malformed, "broken JSON: " + error.message()};
  const auto* object = value.if_object();
  const auto version = object != nullptr ? text_of(*object, "version") : "";
  if (version.find("jsonfeed.org") == std::string::npos)
    return Error{Errc::malformed, "this is JSON, but no JSON Feed"};
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
  const auto* items = array_of(*object, "items");
  for (const auto& item : items != nullptr ? *items : json::array()) {
    if (!item.is_object()) {
      feed.warnings.emplace_back("an item is no object and was left out");
      continue;
    }
    if (feed.items.size() == limits.max_items) break;
    feed.items.push_back(read_item(item.as_object(), source.url, limits));
  }
  if (feed.truncated && feed.items.empty())
    return Error{Errc::malformed, "the document is cut before its first whole item"};
  return feed;
}

}  // namespace tocsin::parser::detail
