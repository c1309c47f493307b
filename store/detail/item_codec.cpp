// SPDX-License-Identifier: MIT
#include <cstdint>
#include <optional>
#include <utility>

#include <boost/json/parse.hpp>

#include "store/detail/codec.hpp"
#include "store/detail/json_fields.hpp"
#include "store/detail/people_codec.hpp"
#include "text/json_writer.hpp"

namespace tocsin::store::detail {
namespace {

using text::JsonWriter;

Attachment attachment_from(const json::object& one) {
  Attachment attachment{.url = text(one, "url"),
                        .mime_type = text(one, "mime_type"),
                        .title = text(one, "title"),
                        .size_in_bytes = std::nullopt,
                        .duration = std::nullopt};
  if (one.contains("size")) attachment.size_in_bytes = number(one, "size");
  if (one.contains("duration")) attachment.duration = std::chrono::seconds{number(one, "duration")};
  return attachment;
}

/// The text members, by name: one table for both directions. HTML is not archived: whatever reads
/// the archive reads the plain text, and HTML would be more than half of the file.
struct TextMember {
  std::string_view key;
  std::string Item::*member;
};
constexpr TextMember kTexts[] = {
    {"id", &Item::id},
    {"url", &Item::url},
    {"external_url", &Item::external_url},
    {"title", &Item::title},
    {"summary", &Item::summary},
    {"content_text", &Item::content_text},
    {"image", &Item::image},
    {"language", &Item::language},
    {"rights", &Item::rights},
    {"source_title", &Item::source_title},
    {"source_url", &Item::source_url},
    {"comments_url", &Item::comments_url},
};

void put(JsonWriter& to, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  to.key(key);
  to.text(text);
}

void put(JsonWriter& to, std::string_view key, std::int64_t number) {
  to.key(key);
  to.number(number);
}

void put(JsonWriter& to, std::string_view key, const std::optional<Timestamp>& when) {
  if (when) put(to, key, std::int64_t{when->time_since_epoch().count()});
}

void put(JsonWriter& to, std::string_view key, const std::vector<Author>& authors) {
  to.unless_empty(key, "[]", [&] {
    for (const auto& author : authors) {
      to.begin('{');
      put(to, "name", author.name);
      put(to, "url", author.url);
      put(to, "email", author.email);
      to.end('}');
    }
  });
}

void put(JsonWriter& to, std::string_view key, const std::vector<Attachment>& attachments) {
  to.unless_empty(key, "[]", [&] {
    for (const auto& attachment : attachments) {
      to.begin('{');
      put(to, "url", attachment.url);
      put(to, "mime_type", attachment.mime_type);
      put(to, "title", attachment.title);
      if (const auto size = attachment.size_in_bytes)
        put(to, "size", static_cast<std::int64_t>(*size));
      if (const auto duration = attachment.duration)
        put(to, "duration", std::int64_t{duration->count()});
      to.end('}');
    }
  });
}

}  // namespace

std::string encode(const Item& item) {
  constexpr std::size_t kMembers = 512;  // names of members, and what is short
  std::size_t expected = kMembers;
  for (const auto& [key, member] : kTexts) expected += (item.*member).size();
  JsonWriter out(expected);
  out.begin('{');
  for (const auto& [key, member] : kTexts) put(out, key, item.*member);
  put(out, "published", item.published);
  put(out, "modified", item.modified);
  put(out, "authors", item.authors);
  put(out, "contributors", item.contributors);
  out.unless_empty("tags", "[]", [&] {
    for (const auto& tag : item.tags) out.text(tag);
  });
  put(out, "attachments", item.attachments);
  if (item.guid_is_permalink) put(out, "guid_is_permalink", *item.guid_is_permalink ? 1 : 0);
  out.end('}');
  return std::move(out).take();
}

Result<Item> decode_item(std::string_view text) {
  boost::system::error_code failed;
  const auto value = json::parse(text, failed);
  if (failed || !value.is_object()) return Error{Errc::malformed, "a stored item is no JSON"};
  const auto& one = value.get_object();
  Item item;
  for (const auto& [key, member] : kTexts) item.*member = detail::text(one, key);
  item.published = maybe_time(one, "published");
  item.modified = maybe_time(one, "modified");
  item.authors = authors_from(one, "authors");
  item.contributors = authors_from(one, "contributors");
  if (const auto* tags = one.if_contains("tags"); tags != nullptr && tags->is_array())
    for (const auto& tag : tags->get_array())
      if (tag.is_string()) item.tags.emplace_back(tag.get_string());
  for_each(one, "attachments", [&](const json::object& attachment) {
    item.attachments.push_back(attachment_from(attachment));
  });
  if (one.contains("guid_is_permalink")) item.guid_is_permalink = flag(one, "guid_is_permalink");
  return item;
}

}  // namespace tocsin::store::detail
