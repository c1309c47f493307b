// SPDX-License-Identifier: MIT
#include "rules/parse.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/spelling.hpp"
#include "rules/detail/comparison.hpp"
#include "rules/detail/futile.hpp"
#include "rules/detail/reader.hpp"
#include "rules/detail/slips.hpp"

namespace tocsin::rules {
namespace {

using detail::Report;
using detail::Setting;
using Kind = Node::Kind;

std::uint32_t characters(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Where a watch looks unless a rule names a field.
Setting setting_of(const WatchSpec& watch) {
  Setting out;
  if (watch.fields.empty() && !watch.lead_only) return out;
  out.scope = watch.lead_only ? kLead : Scope{0};
  for (const auto field : watch.fields) {
    const Scope bit = field == Field::title     ? kTitle
                      : field == Field::summary ? kSummary
                      : field == Field::body    ? kBody
                      : field == Field::author  ? kAuthor
                                                : kTag;
    out.scope = static_cast<Scope>(out.scope | bit);
  }
  return out;
}

/// What a tree needs to be true: words or values that must be there, only conditions, or nothing.
enum class Needs : std::uint8_t { nothing, condition, presence };

Needs needs(const Node& node) {
  switch (node.kind) {
    case Kind::negation: return Needs::nothing;
    case Kind::comparison: return Needs::condition;
    case Kind::all_of: {
      auto most = Needs::nothing;
      for (const auto& child : node.children) most = std::max(most, needs(child));
      return most;
    }
    case Kind::any_of:
    case Kind::some_of: {
      // k of n: the weakest alternatives are the first to hold.
      std::vector<Needs> all;
      for (const auto& child : node.children) all.push_back(needs(child));
      std::sort(all.begin(), all.end());
      const std::size_t k = node.kind == Kind::any_of ? 1 : node.n;
      return all.empty() ? Needs::nothing : all[std::min(k, all.size()) - 1];
    }
    default: return Needs::presence;
  }
}

std::uint32_t count_leaves(const Node& node) {
  std::uint32_t count = node.children.empty() ? 1 : 0;
  for (const auto& child : node.children) count += count_leaves(child);
  return count;
}

/// True for conditions that hold whatever the article, alone or joined.
bool always(const Node& node) {
  const auto holding =
      static_cast<std::size_t>(std::count_if(node.children.begin(), node.children.end(), always));
  switch (node.kind) {
    case Kind::comparison: return detail::holds_for_all(node.comparison);
    case Kind::any_of: return holding > 0;
    case Kind::all_of: return holding == node.children.size();
    case Kind::some_of: return holding >= node.n;
    default: return false;
  }
}

void check_whole(const Node& root, std::size_t length, Report& report) {
  if (!report.clean()) return;
  if (always(root))
    return report.error(0, length, "the query is true for every article", "add a word to look for");
  if (needs(root) == Needs::nothing) {
    if (root.kind == Kind::any_of)
      return report.error(0, length, "an OR with a NOT is true for almost every article",
                          "write a NOT b, or put the NOT beside a word that must be there");
    return report.error(0, length, "the query says only what must not be there",
                        "add a word that must be there: a NOT b");
  }
  if (count_leaves(root) > kMaxLeaves)
    report.error(0, length, "the rule has too many words",
                 "at most " + std::to_string(kMaxLeaves) + " in one watch");
}

void check_entry(const Located& entry, Report& report) {
  if (auto slip = detail::slip_of_entry(entry.text); !slip.message.empty())
    report.warn(0, entry.text.size(), std::move(slip.message), std::move(slip.hint));
}

/// One entry of any, all or none: "@key", or the words of a term.
Node list_entry(const Located& entry, const Names& names, const Setting& setting, Query& query,
                std::vector<Finding>& findings, const std::string& watch) {
  Report report(entry, watch, findings);
  if (entry.text.starts_with('@')) {
    detail::Reader reader(entry.text, names, query, report);
    return reader.read(setting);
  }
  check_entry(entry, report);
  return detail::word_leaf(entry.text, entry.text, setting, 0, entry.text.size(), report);
}

Node group(Kind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  Node node;
  node.kind = kind;
  node.bracketed = true;
  node.children = std::move(children);
  return node;
}

Node read_lists(const WatchSpec& watch, const Names& names, Query& query,
                std::vector<Finding>& findings) {
  const auto setting = setting_of(watch);
  const auto entries = [&](const std::vector<Located>& list) {
    std::vector<Node> out;
    out.reserve(list.size());
    for (const auto& entry : list)
      out.push_back(list_entry(entry, names, setting, query, findings, watch.name));
    return out;
  };
  std::vector<Node> parts;
  if (auto any = entries(watch.any); !any.empty())
    parts.push_back(group(Kind::any_of, std::move(any)));
  for (auto& node : entries(watch.all)) parts.push_back(std::move(node));
  if (auto none = entries(watch.none); !none.empty()) {
    Node refused;
    refused.kind = Kind::negation;
    refused.children.push_back(group(Kind::any_of, std::move(none)));
    parts.push_back(std::move(refused));
  }
  return group(Kind::all_of, std::move(parts));
}

Node read_entity_watch(const WatchSpec& watch, Query& query) {
  Node node;
  node.kind = Kind::entity;
  node.leaf.term = watch.entity->name.text;
  node.leaf.scope = static_cast<Scope>(setting_of(watch).scope & (kText | kLead));
  query.entities.push_back(*watch.entity);
  return node;
}

}  // namespace

bool has_spans(const Node& node) noexcept {
  switch (node.kind) {
    case Kind::value:
    case Kind::comparison:
    case Kind::all_of:
    case Kind::negation:
    case Kind::at_least:
    case Kind::some_of: return false;
    case Kind::any_of: return std::all_of(node.children.begin(), node.children.end(), has_spans);
    default: return true;
  }
}

Position place(const Located& text, std::size_t offset) {
  const auto before = std::string_view(text.text).substr(0, offset);
  Position at = text.at;
  const auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const auto line_start = lines == 0 ? 0 : before.rfind('\n') + 1;
  if (lines > 0) {
    at.line += lines;
    at.column = text.indent + 1;
  }
  const auto hidden = std::count_if(text.hidden.begin(), text.hidden.end(), [&](auto where) {
    return where > line_start && where <= offset;
  });
  at.column += characters(before.substr(line_start)) + static_cast<std::uint32_t>(hidden);
  return at;
}

Query parse_watch(const WatchSpec& watch, const Names& names, std::vector<Finding>& findings) {
  Query query;
  const auto before = findings.size();
  const Located whole{watch.name, watch.at, 0, false};
  const Located& text = watch.query ? *watch.query : whole;
  Report report(text, watch.name, findings);
  if (watch.query) {
    detail::Reader reader(text.text, names, query, report);
    query.root = reader.read(setting_of(watch));
  } else if (watch.entity) {
    query.root = read_entity_watch(watch, query);
  } else {
    query.root = read_lists(watch, names, query, findings);
  }
  const bool errors =
      std::any_of(findings.begin() + static_cast<std::ptrdiff_t>(before), findings.end(),
                  [](const auto& f) { return f.level == Finding::Level::error; });
  if (!errors) check_whole(query.root, text.text.size(), report);
  if (!errors && report.clean()) {
    if (watch.query)
      detail::warn_of_futile_parts(query.root, text.text, report);
    else
      detail::warn_of_futile_lists(query.root, text.text.size(), report);
  }
  std::stable_sort(findings.begin() + static_cast<std::ptrdiff_t>(before), findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
                   });
  return query;
}

void check_list(const ListSpec& list, std::vector<Finding>& findings) {
  for (const auto& term : list.terms) {
    Report report(term, list.key, findings);
    check_entry(term, report);
    if (term.text.starts_with('@'))
      report.error(0, term.text.size(), "a list holds words and phrases, not other names",
                   "name it in the rule: " + term.text + " OR @" + list.key);
    else
      detail::word_leaf(term.text, term.text, {}, 0, term.text.size(), report);
  }
}

}  // namespace tocsin::rules
