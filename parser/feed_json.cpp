// SPDX-License-Identifier: MIT
#include "parser/feed_json.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_format.hpp"
#include "text/json_writer.hpp"

namespace tocsin::parser {
namespace {

using text::JsonWriter;

void put(JsonWriter& out, std::string_view key, const std::string& value) {
  if (value.empty()) return;
  out.key(key);
  out.text(value);
}

void put(JsonWriter& out, std::string_view key, const std::optional<Timestamp>& value) {
  if (value) put(out, key, format_rfc3339(*value));
}

void put(JsonWriter& out, std::string_view key, const std::vector<std::string>& values) {
  out.unless_empty(key, "[]", [&] {
    for (const auto& value : values) out.text(value);
  });
}

void put(JsonWriter& out, std::string_view key, const std::vector<Author>& authors) {
  out.unless_empty(key, "[]", [&] {
    for (const auto& author : authors) {
      if (author.name.empty() && author.url.empty() && author.email.empty()) continue;
      out.begin('{');
      put(out, "name", author.name);
      put(out, "url", author.url);
      out.unless_empty("_tocsin", "{}", [&] { put(out, "email", author.email); });
      out.end('}');
    }
  });
}

void put(JsonWriter& out, std::string_view key, const std::vector<Attachment>& attachments) {
  out.unless_empty(key, "[]", [&] {
    for (const auto& attachment : attachments) {
      out.begin('{');
      put(out, "url", attachment.url);
      put(out, "mime_type", attachment.mime_type);
      put(out, "title", attachment.title);
      if (attachment.size_in_bytes) {
        out.key("size_in_bytes");
        out.number(static_cast<std::int64_t>(*attachment.size_in_bytes));
      }
      if (attachment.duration) {
        out.key("duration_in_seconds");
        out.number(attachment.duration->count());
      }
      out.end('}');
    }
  });
}

void put_extension(JsonWriter& out, const Item& item) {
  out.unless_empty("_tocsin", "{}", [&] {
    put(out, "title_html", item.title_html);
    put(out, "summary_html", item.summary_html);
    put(out, "rights", item.rights);
    out.unless_empty("source", "{}", [&] {
      put(out, "title", item.source_title);
      put(out, "url", item.source_url);
    });
    put(out, "comments_url", item.comments_url);
    put(out, "contributors", item.contributors);
    if (item.guid_is_permalink) {
      out.key("guid_is_permalink");
      out.boolean(*item.guid_is_permalink);
    }
  });
}

void put(JsonWriter& out, const Item& item) {
  out.begin('{');
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
  put(out, "attachments", item.attachments);
  put_extension(out, item);
  out.end('}');
}

void put_extension(JsonWriter& out, const Feed& feed) {
  out.unless_empty("_tocsin", "{}", [&] {
    put(out, "format", feed.format);
    put(out, "encoding", feed.encoding);
    if (feed.ttl) {
      out.key("ttl");
      out.number(feed.ttl->count());
    }
    put(out, "hubs", feed.hubs);
    put(out, "self", feed.self);
    put(out, "updated", feed.updated);
    put(out, "generator", feed.generator);
    put(out, "rights", feed.rights);
    put(out, "image", feed.image);
    put(out, "warnings", feed.warnings);
  });
}

std::size_t expected_size(const Item& item) {
  constexpr std::size_t kRest = 1'024;
  const auto texts = item.content_html.size() + item.content_text.size() + item.summary.size();
  return texts + texts / 16 + kRest;  // some of it is escaped
}

}  // namespace

std::string to_json(const Item& item) {
  JsonWriter out(expected_size(item));
  put(out, item);
  return std::move(out).take();
}

std::string to_json(const Feed& feed) {
  std::size_t expected = 1024;
  for (const auto& item : feed.items) expected += expected_size(item);
  JsonWriter out(expected);
  out.begin('{');
  out.key("version");
  out.text("https://jsonfeed.org/version/1.1");
  put(out, "title", feed.title);
  put(out, "home_page_url", feed.home_page_url);
  put(out, "feed_url", feed.feed_url);
  put(out, "description", feed.description);
  put(out, "icon", feed.icon);
  put(out, "language", feed.language);
  put(out, "authors", feed.authors);
  out.key("items");
  out.begin('[');
  for (const auto& item : feed.items) put(out, item);
  out.end(']');
  put_extension(out, feed);
  out.end('}');
  return std::move(out).take();
}

}  // namespace tocsin::parser
