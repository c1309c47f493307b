// SPDX-License-Identifier: MIT
// Written straight into the text: a tree of values would cost more than reading the feed did.
#include "parser/feed_json.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/time_format.hpp"
#include "text/byte_block.hpp"

namespace tocsin::parser {
namespace {

/// Writes JSON (RFC 8259) without blanks. Text is taken for UTF-8.
class JsonWriter {
 public:
  explicit JsonWriter(std::size_t expected) { out_.reserve(expected); }

  void begin(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
  }
  void end(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  void key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    first_ = true;
  }
  void text(std::string_view value) {
    separate();
    quote(value);
  }
  void number(std::int64_t value) {
    separate();
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  void boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
  }

  /// What `write` writes between brackets below `name`; nothing at all where that is nothing.
  template <class Write>
  void unless_empty(std::string_view name, std::string_view brackets, Write write) {
    const auto before = out_.size();
    const bool first = first_;
    key(name);
    begin(brackets[0]);
    const auto inside = out_.size();
    write();
    if (out_.size() > inside) return end(brackets[1]);
    out_.resize(before);
    first_ = first;
  }

  std::string take() && { return std::move(out_); }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  static std::size_t next_escaped(std::string_view text, std::size_t at) {
    return text::find_flagged(text, at, [](const char* block) {
      const text::ByteBlock bytes(block);
      return bytes.up_to(0x1F) | bytes.is('"') | bytes.is('\\');
    });
  }

  void quote(std::string_view text) {
    out_ += '"';
    std::size_t copied = 0;
    for (auto at = next_escaped(text, 0); at < text.size(); at = next_escaped(text, copied)) {
      out_.append(text, copied, at - copied);
      escape(text[at]);
      copied = at + 1;
    }
    out_.append(text, copied).append(1, '"');
  }

  void escape(char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    switch (c) {
      case '"': out_ += "\\\""; return;
      case '\\': out_ += "\\\\"; return;
      case '\n': out_ += "\\n"; return;
      case '\r': out_ += "\\r"; return;
      case '\t': out_ += "\\t"; return;
      default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out_.append("\\u00").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
  }

  std::string out_;
  bool first_ = true;  ///< nothing stands before the next value that a comma would part it from
};

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
