// SPDX-License-Identifier: MIT
#include "rules/detail/entities.hpp"

#include <algorithm>
#include <utility>

#include "rules/words.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

Node form_of(std::string_view form, const Node& entity, Forms forms) {
  Node node;
  node.kind = Kind::words;
  node.leaf = entity.leaf;
  node.leaf.key.clear();
  node.leaf.forms = forms;
  node.leaf.words = read_words(form);
  node.offset = entity.offset;
  node.length = entity.length;
  return node;
}

std::vector<Node> listed_forms(const Node& node, const EntitySpec& entity) {
  std::vector<Node> out;
  out.push_back(form_of(entity.name.text, node, node.leaf.forms));
  for (const auto& alias : entity.aliases)
    out.push_back(form_of(alias.text, node, node.leaf.forms));
  for (const auto& name : entity.native) out.push_back(form_of(name.text, node, node.leaf.forms));
  if (!entity.acronym.empty()) out.push_back(form_of(entity.acronym, node, node.leaf.forms));
  std::erase_if(out, [](const Node& form) { return form.leaf.words.empty(); });
  return out;
}

/// `not:` forms are someone else: a mention inside one is none.
Node without(Node found, const Node& node, const std::vector<Located>& exclude) {
  for (const auto& other : exclude) {
    auto form = form_of(other.text, node, 0);
    if (form.leaf.words.empty()) continue;
    Node except;
    except.kind = Kind::except;
    except.children.push_back(std::move(found));
    except.children.push_back(std::move(form));
    found = std::move(except);
  }
  return found;
}

}  // namespace

bool is_plain(const EntitySpec& entity) {
  return entity.kind == EntityKind::term;
}

std::vector<std::uint32_t> EntityPool::take(std::vector<EntitySpec>& entities) {
  std::vector<std::uint32_t> numbers;
  for (auto& entity : entities) {
    if (is_plain(entity)) {
      numbers.push_back(0);
      continue;
    }
    const auto next = static_cast<std::uint32_t>(all_.size());
    const auto known = entity.key.empty() ? by_key_.end() : by_key_.find(entity.key);
    if (known != by_key_.end()) {
      numbers.push_back(known->second);
      continue;
    }
    if (!entity.key.empty()) by_key_.emplace(entity.key, next);
    numbers.push_back(next);
    all_.push_back(std::move(entity));
  }
  return numbers;
}

void write_out(Node& node, const std::vector<EntitySpec>& entities) {
  for (auto& child : node.children) write_out(child, entities);
  if (node.kind != Kind::entity) return;
  const auto& entity = entities[node.entity];
  if (!is_plain(entity) && node.leaf.forms == 0) return;
  Node any;
  any.kind = Kind::any_of;
  any.bracketed = true;
  any.offset = node.offset;
  any.length = node.length;
  any.children = listed_forms(node, entity);
  node = without(std::move(any), node, entity.exclude);
}

}  // namespace tocsin::rules::detail
