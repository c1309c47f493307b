// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/labels.hpp"

namespace tocsin {

/// The parts of an article that a rule can look at. Text fields hold spans; the rest are compared.
enum class Field : std::uint8_t { title, summary, body, author, tag, url, site, feed, lang, label };

/// The name of `field` as rules and JSON write it.
constexpr std::string_view to_string(Field field) noexcept {
  switch (field) {
    case Field::title: return "title";
    case Field::summary: return "summary";
    case Field::body: return "body";
    case Field::author: return "author";
    case Field::tag: return "tag";
    case Field::url: return "url";
    case Field::site: return "site";
    case Field::feed: return "feed";
    case Field::lang: return "lang";
    case Field::label: return "label";
  }
  return "body";
}

/// Where a watch matched: UTF-8 byte offsets, half open, into the plain text of `field`.
struct Hit {
  Field field{};
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string text;  ///< the bytes that matched
  std::string term;  ///< the leaf of the rule, as configured, that they matched
  std::string form;  ///< for names: which form ("transliterated (ar)"); else empty
};

/// One watch that holds for an item.
struct Match {
  std::string watch;  ///< its unique name
  Severity severity = Severity::normal;
  Labels labels;
  std::vector<Hit> hits;  ///< ordered by field, then start; empty only for rules without text terms
};

}  // namespace tocsin
