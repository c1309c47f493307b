// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "model/item.hpp"
#include "model/match.hpp"
#include "store/detail/json_fields.hpp"

namespace tocsin::store::detail {

inline json::array authors_to(const std::vector<Author>& authors) {
  json::array list;
  for (const auto& author : authors) {
    json::object one;
    put(one, "name", author.name);
    put(one, "url", author.url);
    put(one, "email", author.email);
    list.emplace_back(std::move(one));
  }
  return list;
}

inline std::vector<Author> authors_from(const json::object& from, std::string_view key) {
  std::vector<Author> authors;
  for_each(from, key, [&](const json::object& one) {
    authors.push_back({text(one, "name"), text(one, "url"), text(one, "email")});
  });
  return authors;
}

inline json::object hit_to(const Hit& hit) {
  json::object one;
  one["field"] = to_string(hit.field);
  put(one, "start", std::int64_t{hit.start});
  put(one, "end", std::int64_t{hit.end});
  put(one, "text", hit.text);
  put(one, "term", hit.term);
  put(one, "form", hit.form);
  return one;
}

inline Field field_from(std::string_view name) {
  for (const auto field : {Field::title, Field::summary, Field::body, Field::author, Field::tag,
                           Field::url, Field::site, Field::feed, Field::lang, Field::label})
    if (to_string(field) == name) return field;
  return Field::body;
}

inline Hit hit_from(const json::object& one) {
  return {.field = field_from(text(one, "field")),
          .start = count(one, "start"),
          .end = count(one, "end"),
          .text = text(one, "text"),
          .term = text(one, "term"),
          .form = text(one, "form")};
}

}  // namespace tocsin::store::detail
