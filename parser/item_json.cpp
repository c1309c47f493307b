// SPDX-License-Identifier: MIT
#include "parser/item_json.hpp"

#include <utility>

#include <simdjson.h>

#include "base/time_format.hpp"
#include "text/html.hpp"

namespace tocsin::parser {
namespace {

namespace json = simdjson::ondemand;

/// Why a reading ended early; empty: it did not.
using Fault = std::string;

Fault wrong(std::string_view key, std::string_view wanted) {
  return "'" + std::string(key) + "' is not " + std::string(wanted);
}

Fault read_text(std::string_view key, json::value value, std::string& out) {
  bool null = false;
  if (value.is_null().get(null) == simdjson::SUCCESS && null) return {};
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return wrong(key, "a text");
  out.assign(text);
  return {};
}

/// An id may be a number: it is kept as written.
Fault read_id(json::value value, std::string& out) {
  json::json_type type{};
  if (value.type().get(type) == simdjson::SUCCESS && type == json::json_type::number) {
    auto raw = value.raw_json_token();
    while (!raw.empty() &&
           (raw.back() == ' ' || raw.back() == '\n' || raw.back() == '\r' || raw.back() == '\t'))
      raw.remove_suffix(1);
    out.assign(raw);
    double skipped = 0;
    return value.get_double().get(skipped) == simdjson::SUCCESS ? Fault{} : wrong("id", "a number");
  }
  return read_text("id", value, out);
}

Fault read_date(std::string_view key, json::value value, std::optional<Timestamp>& out) {
  std::string text;
  if (auto fault = read_text(key, value, text); !fault.empty()) return fault;
  if (text.empty()) return {};
  const auto when = parse_rfc3339(text);
  if (!when) return wrong(key, "a date like 2026-11-23T08:00:00Z");
  out = *when;
  return {};
}

Fault read_texts(std::string_view key, json::value value, std::vector<std::string>& out) {
  json::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return wrong(key, "a list");
  for (auto element : array) {
    json::value one;
    if (element.get(one) != simdjson::SUCCESS) return wrong(key, "a list of texts");
    if (auto fault = read_text(key, one, out.emplace_back()); !fault.empty()) return fault;
  }
  return {};
}

Fault read_author(json::value value, Author& out) {
  json::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS)
    return wrong("authors", "a list of objects");
  for (auto field : object) {
    std::string_view key;
    json::value inner;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        field.value().get(inner) != simdjson::SUCCESS)
      return wrong("authors", "a list of objects");
    Fault fault;
    if (key == "name") fault = read_text("authors.name", inner, out.name);
    if (key == "url") fault = read_text("authors.url", inner, out.url);
    if (!fault.empty()) return fault;
  }
  return {};
}

Fault read_authors(json::value value, std::vector<Author>& out) {
  json::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return wrong("authors", "a list");
  for (auto element : array) {
    json::value one;
    if (element.get(one) != simdjson::SUCCESS) return wrong("authors", "a list of objects");
    if (auto fault = read_author(one, out.emplace_back()); !fault.empty()) return fault;
  }
  return {};
}

Fault read_extension(json::value value, JsonItem& out) {
  json::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return wrong("_tocsin", "an object");
  for (auto field : object) {
    std::string_view key;
    json::value inner;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        field.value().get(inner) != simdjson::SUCCESS)
      return wrong("_tocsin", "an object");
    if (key != "feed") continue;
    if (auto fault = read_text("_tocsin.feed", inner, out.feed); !fault.empty()) return fault;
  }
  return {};
}

Fault read_field(std::string_view key, json::value value, JsonItem& out) {
  auto& item = out.item;
  if (key == "id") return read_id(value, item.id);
  if (key == "url") return read_text(key, value, item.url);
  if (key == "external_url") return read_text(key, value, item.external_url);
  if (key == "title") return read_text(key, value, item.title);
  if (key == "summary") return read_text(key, value, item.summary);
  if (key == "content_text") return read_text(key, value, item.content_text);
  if (key == "content_html") return read_text(key, value, item.content_html);
  if (key == "language") return read_text(key, value, item.language);
  if (key == "date_published") return read_date(key, value, item.published);
  if (key == "date_modified") return read_date(key, value, item.modified);
  if (key == "authors") return read_authors(value, item.authors);
  if (key == "tags") return read_texts(key, value, item.tags);
  if (key == "feed") return read_text(key, value, out.feed);
  if (key == "_tocsin") return read_extension(value, out);
  return {};
}

}  // namespace

Result<JsonItem> item_from_json(std::string_view text) {
  thread_local json::parser parser;
  thread_local std::string buffer;  // grows to the longest line and stays
  buffer.assign(text);
  buffer.reserve(buffer.size() + simdjson::SIMDJSON_PADDING);
  json::document document;
  json::object object;
  if (parser.iterate(simdjson::padded_string_view(buffer.data(), buffer.size(), buffer.capacity()))
              .get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS)
    return Error{Errc::malformed, "not a JSON object"};
  JsonItem out;
  for (auto field : object) {
    std::string_view key;
    json::value value;
    if (const auto fault = field.unescaped_key().get(key); fault != simdjson::SUCCESS)
      return Error{Errc::malformed, std::string("broken JSON: ") + simdjson::error_message(fault)};
    if (const auto fault = field.value().get(value); fault != simdjson::SUCCESS)
      return Error{Errc::malformed, std::string("broken JSON: ") + simdjson::error_message(fault)};
    if (auto fault = read_field(key, value, out); !fault.empty())
      return Error{Errc::malformed, std::move(fault)};
  }
  const char* behind = nullptr;  // readable only while something is left
  if (document.current_location().get(behind) == simdjson::SUCCESS)
    return Error{Errc::malformed, "more text after the JSON object"};
  if (out.item.content_text.empty() && !out.item.content_html.empty())
    out.item.content_text = text::html_to_text(out.item.content_html);
  return out;
}

}  // namespace tocsin::parser
