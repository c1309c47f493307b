// SPDX-License-Identifier: MIT
// `watches:`, `entities:` and `lists:`.
#include <algorithm>
#include <array>
#include <cstdint>

#include "config/detail/read.hpp"

namespace tocsin::config::detail {
namespace {

using rules::BareSurname;
using rules::EntityKind;
using rules::EntitySpec;
using rules::Fuzzy;
using rules::WatchSpec;

/// The keys that belong to a name, wherever it is written.
constexpr std::array<std::string_view, 8> kNameKeys = {
    "aliases", "native", "titles", "acronym", "not", "context", "bare_surname", "fuzzy"};

void read_name_keys(const View& view, EntitySpec& out) {
  out.acronym = view.text("acronym");
  out.aliases = view.located_texts("aliases");
  out.native = view.located_texts("native");
  out.titles = view.located_texts("titles");
  out.context = view.located_texts("context");
  out.exclude = view.located_texts("not");
  const auto bare = view.text("bare_surname");
  if (bare == "never") out.bare_surname = BareSurname::never;
  if (bare == "after_full") out.bare_surname = BareSurname::after_full;
  if (bare == "with_context") out.bare_surname = BareSurname::with_context;
  if (bare == "always") out.bare_surname = BareSurname::always;
  const auto fuzzy = view.text("fuzzy");
  if (fuzzy == "off") out.fuzzy = Fuzzy::off;
  if (fuzzy == "strict") out.fuzzy = Fuzzy::strict;
  if (fuzzy == "loose") out.fuzzy = Fuzzy::loose;
}

void check_context(const View& view, const EntitySpec& entity, Findings& findings) {
  if (entity.bare_surname == BareSurname::with_context && entity.context.empty() &&
      view.has("bare_surname"))
    findings.error(*view.get("bare_surname"), "with_context needs words to look for",
                   "add context: [word, word]");
}

/// A key as rules reach it; `@` belongs to the rules.
std::string read_key(const Node& key, Findings& findings) {
  if (!key.text.starts_with('@')) return key.text;
  auto name = key.text.substr(1);
  findings.error(key, "the key is written without '@' here",
                 "write " + name + ": ...; rules then say @" + name);
  return name;
}

EntitySpec read_entity(const Node& key, const Node& value, Findings& findings) {
  const View view(&value, "name");
  EntitySpec out;
  out.key = read_key(key, findings);
  if (const Node* name = view.get("name")) out.name = located(*name);
  const auto kind = view.text("kind", "person");
  if (kind == "organization") out.kind = EntityKind::organization;
  if (kind == "term") out.kind = EntityKind::term;
  if (value.is_mapping()) read_name_keys(view, out);
  check_context(view, out, findings);
  return out;
}

void read_fields(const View& view, WatchSpec& out) {
  for (const auto& name : view.texts("fields")) {
    if (name == "title") out.fields.push_back(Field::title);
    if (name == "summary") out.fields.push_back(Field::summary);
    if (name == "body") out.fields.push_back(Field::body);
    if (name == "author") out.fields.push_back(Field::author);
    if (name == "tag") out.fields.push_back(Field::tag);
    if (name == "text")
      out.fields.insert(out.fields.end(), {Field::title, Field::summary, Field::body});
    if (name == "lead") out.lead_only = true;
  }
}

enum class Part : std::uint8_t { other, query, person, organization, lists, name_key };

Part part_of(std::string_view key) {
  if (key == "query") return Part::query;
  if (key == "person") return Part::person;
  if (key == "organization") return Part::organization;
  if (key == "any" || key == "all" || key == "none") return Part::lists;
  const bool of_name = std::find(kNameKeys.begin(), kNameKeys.end(), key) != kNameKeys.end();
  return of_name ? Part::name_key : Part::other;
}

/// `query`, `person`, `organization` and the plain lists exclude each other, and what belongs to a
/// name needs one.
void check_content(const View& view, Findings& findings) {
  const auto& all = view.node()->children;
  const Node* content = nullptr;
  bool only_none = true, name = false;
  for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
    const Node& key = *all[i];
    const Part part = part_of(key.text);
    if (part == Part::other || part == Part::name_key) continue;
    only_none = only_none && key.text == "none";
    name = name || part == Part::person || part == Part::organization;
    if (content == nullptr) {
      content = &key;
    } else if (part != Part::lists || part_of(content->text) != Part::lists) {
      findings.error(key,
                     "a watch has only one of query, person, organization or any/all/none, and '" +
                         content->text + "' is given too",
                     "write two watches, or put everything into the query");
    }
  }
  if (content != nullptr && only_none)
    findings.error(*content, "a watch with nothing but 'none' matches nearly everything",
                   "add any: or all:");
  if (name) return;
  for (std::size_t i = 0; i + 1 < all.size(); i += 2)
    if (part_of(all[i]->text) == Part::name_key)
      findings.error(*all[i], "'" + all[i]->text + "' belongs to a person or an organization",
                     "write person: NAME beside it, or an entity, and '@key' in the rule");
}

/// "iran, iraq" for one entry is a phrase, and was meant for two words.
void check_commas(const View& view, Findings& findings) {
  for (const auto key : {"any", "all", "none"}) {
    const Node* one = view.get(key);
    if (one != nullptr && one->is_scalar() && one->text.find(", ") != std::string::npos)
      findings.warn(*one, "this is one phrase, for commas separate nothing here",
                    "write several words as a list: [" + one->text.substr(0, 60) + "]");
  }
}

void check_lists(const View& view, Findings& findings) {
  for (const auto key : {"any", "all", "fields", "languages"}) {
    const Node* list = view.get(key);
    if (list != nullptr && list->is_list() && list->children.empty())
      findings.error(*list, "'" + std::string(key) + "' is an empty list",
                     "write what it holds, or remove the key");
  }
}

/// A word that is wanted and forbidden.
void check_contradiction(const View& view, Findings& findings) {
  const auto forbidden = view.items("none");
  const auto among = [&](const Node* word) {
    return std::any_of(forbidden.begin(), forbidden.end(),
                       [&](const Node* other) { return other->text == word->text; });
  };
  const auto report = [&](const Node& word, std::string_view list) {
    findings.error(word,
                   in_quotes(word.text) + " stands in '" + std::string(list) +
                       "' and in 'none': the watch can never match",
                   "remove it from one of the two");
  };
  for (const Node* word : view.items("all"))
    if (among(word)) report(*word, "all");
  const auto any = view.items("any");
  if (!any.empty() && std::all_of(any.begin(), any.end(), among)) report(*any.front(), "any");
}

WatchSpec read_watch(const Node& node, Findings& findings) {
  const View view(&node);
  WatchSpec out;
  out.name = view.text("name");
  out.at = position(node);
  out.severity = severity_from(view.text("severity")).value_or(Severity::normal);
  out.labels = view.labels("labels");
  if (const Node* query = view.get("query"); query != nullptr && query->is_scalar())
    out.query = located(*query);
  for (const std::string_view key : {"person", "organization"}) {
    const Node* name = view.get(key);
    if (name == nullptr || !name->is_scalar()) continue;
    EntitySpec entity;
    entity.kind = key == "person" ? EntityKind::person : EntityKind::organization;
    entity.name = located(*name);
    read_name_keys(view, entity);
    check_context(view, entity, findings);
    out.entity = std::make_shared<const EntitySpec>(std::move(entity));
  }
  out.any = view.located_texts("any");
  out.all = view.located_texts("all");
  out.none = view.located_texts("none");
  read_fields(view, out);
  out.feeds = view.labels("feeds");
  out.languages = view.texts("languages");
  out.max_age = view.duration("max_age");
  check_content(view, findings);
  check_lists(view, findings);
  check_commas(view, findings);
  if (!out.none.empty()) check_contradiction(view, findings);
  return out;
}

}  // namespace

void read_rules(const Reading& reading, Config& config) {
  auto& findings = *reading.findings;
  UniqueNames keys("entity or list", findings);
  reading.each_entry("entities", [&](const Node& key, const Node& value) {
    if (keys.add(key)) config.rules.entities.push_back(read_entity(key, value, findings));
  });
  reading.each_entry("lists", [&](const Node& key, const Node& value) {
    if (!keys.add(key)) return;
    rules::ListSpec list{read_key(key, findings), position(key), {}};
    if (value.is_scalar()) list.terms.push_back(located(value));
    for (const Node* term : value.children)
      if (term->is_scalar() && !term->damaged && !term->is_null())
        list.terms.push_back(located(*term));
    if (value.is_list() && value.children.empty())
      findings.error(value, "the list " + in_quotes(key.text) + " is empty", "write its words");
    config.rules.lists.push_back(std::move(list));
  });
  UniqueNames names("watch", findings);
  config.rules.watches.reserve(reading.count("watches"));
  names.reserve(config.rules.watches.capacity());
  auto& watches = config.rules.watches;
  reading.drain_items("watches", [&](const Node& node) {
    if (!node.is_mapping()) return false;
    // The second of a name is kept, so that what is wrong in it is told too.
    const auto& watch = watches.emplace_back(read_watch(node, findings));
    if (!watch.name.empty()) names.add(*node.find("name"), watch.name);
    return watch.feeds.empty();  // else its labels are looked up later
  });
}

}  // namespace tocsin::config::detail
