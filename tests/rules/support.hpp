// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/ruleset.hpp"

namespace tocsin::rules {

inline Located located(std::string_view text, std::uint32_t line = 1, std::uint32_t column = 1) {
  return {std::string(text), {"rules.yaml", line, column}, 0, false};
}

inline WatchSpec query_watch(std::string_view query, std::string name = "w") {
  WatchSpec watch;
  watch.name = std::move(name);
  watch.at = {"rules.yaml", 1, 1};
  watch.query = located(query);
  return watch;
}

inline RuleSpec spec_of(WatchSpec watch) {
  RuleSpec spec;
  spec.watches.push_back(std::move(watch));
  return spec;
}

inline Item article(std::string_view title, std::string_view body) {
  Item item;
  item.title = title;
  item.content_text = body;
  return item;
}

/// What `query` finds in `item`: "title 0-6 Astana; body 4-9 talks", or "no".
inline std::string found(const RuleSpec& spec, const Item& item, const ItemContext& context = {}) {
  const auto compiled = RuleSet::compile(spec);
  if (!compiled.rules)
    return "error: " + (compiled.findings.empty() ? "?" : compiled.findings.front().message);
  Scratch scratch;
  const auto matches = compiled.rules->match(item, context, scratch);
  if (matches.empty()) return "no";
  std::string out;
  for (const auto& hit : matches.front().hits) {
    if (!out.empty()) out += "; ";
    out.append(to_string(hit.field)).append(" ").append(std::to_string(hit.start));
    out.append("-").append(std::to_string(hit.end)).append(" ").append(hit.text);
  }
  return out.empty() ? "yes" : out;
}

inline std::string found(std::string_view query, const Item& item,
                         const ItemContext& context = {}) {
  return found(spec_of(query_watch(query)), item, context);
}

/// The hits' texts alone: "Astana|talks"; "no" without a match.
inline std::string texts(std::string_view query, std::string_view body) {
  const auto compiled = RuleSet::compile(spec_of(query_watch(query)));
  if (!compiled.rules)
    return "error: " + (compiled.findings.empty() ? "?" : compiled.findings.front().message);
  Scratch scratch;
  const auto matches = compiled.rules->match(article("", body), {}, scratch);
  if (matches.empty()) return "no";
  std::string out;
  for (const auto& hit : matches.front().hits) out += (out.empty() ? "" : "|") + hit.text;
  return out.empty() ? "yes" : out;
}

}  // namespace tocsin::rules
