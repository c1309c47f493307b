// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/names/name_index.hpp"

namespace tocsin::rules {

/// A person watched by its canonical name alone.
inline EntitySpec person(std::string_view name) {
  EntitySpec spec;
  spec.name.text = name;
  return spec;
}

inline EntitySpec organization(std::string_view name) {
  EntitySpec spec = person(name);
  spec.kind = EntityKind::organization;
  return spec;
}

inline Located located(std::string_view text) {
  Located out;
  out.text = text;
  return out;
}

/// What of `body` (and of `title` before it) `specs` find, as "text" or, with several names,
/// "0:text".
inline std::vector<std::string> found(const std::vector<EntitySpec>& specs, std::string_view body,
                                      std::string_view title = {}) {
  const auto compiled = NameIndex::compile(specs);
  std::vector<text::Token> title_tokens, body_tokens;
  text::tokenize(title, title_tokens);
  text::tokenize(body, body_tokens);
  const std::vector<NameText> fields{{Field::title, title, title_tokens},
                                     {Field::body, body, body_tokens}};
  NameScratch scratch;
  std::vector<NameHit> hits;
  compiled.index.find(fields, scratch, hits);
  std::vector<std::string> out;
  for (const NameHit& hit : hits) {
    const std::string text(fields[hit.text].text.substr(hit.start, hit.end - hit.start));
    out.push_back(specs.size() > 1 ? std::to_string(hit.entity) + ":" + text : text);
  }
  return out;
}

}  // namespace tocsin::rules
