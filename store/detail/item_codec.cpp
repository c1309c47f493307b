// SPDX-License-Identifier: MIT
#include <array>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/detail/codec.hpp"
#include "store/detail/json_fields.hpp"
#include "store/detail/people_codec.hpp"

namespace tocsin::store::detail {
namespace {

json::array attachments_of(const Item& item) {
  json::array list;
  for (const auto& attachment : item.attachments) {
    json::object one;
    put(one, "url", attachment.url);
    put(one, "mime_type", attachment.mime_type);
    put(one, "title", attachment.title);
    if (attachment.size_in_bytes)
      one["size"] = static_cast<std::int64_t>(*attachment.size_in_bytes);
    if (attachment.duration) one["duration"] = std::int64_t{attachment.duration->count()};
    list.emplace_back(std::move(one));
  }
  return list;
}

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

}  // namespace

std::string encode(const Item& item) {
  // Members are only ever added, and all go at once.
  std::array<unsigned char, 8'192> room;  // NOLINT(*-member-init)
  json::monotonic_resource memory(room.data(), room.size());
  json::object one(&memory);
  for (const auto& [key, member] : kTexts) put(one, key, item.*member);
  put(one, "published", item.published);
  put(one, "modified", item.modified);
  put(one, "authors", authors_to(item.authors));
  put(one, "contributors", authors_to(item.contributors));
  put(one, "tags", json::array(item.tags.begin(), item.tags.end()));
  put(one, "attachments", attachments_of(item));
  if (item.guid_is_permalink) one["guid_is_permalink"] = *item.guid_is_permalink ? 1 : 0;
  return json::serialize(one);
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
