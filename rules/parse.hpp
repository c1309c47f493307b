// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/query.hpp"
#include "rules/spec.hpp"

namespace tocsin::rules {

/// The names that a rule may refer to with `@`.
struct Names {
  struct Target {
    const EntitySpec* entity = nullptr;  ///< one of these two
    const ListSpec* list = nullptr;
  };
  std::function<Target(std::string_view key)> find;
  std::vector<std::string_view> keys;  ///< all of them, for "did you mean"
};

/// A rule, read: its tree, and the entities that stand in it.
struct Query {
  Node root;
  std::vector<EntitySpec> entities;  ///< `Node::entity` counts in here; key empty for NAME()
};

/// Reads the rule of `watch`: its query, its name, or its plain lists. Findings of every kind are
/// appended to `findings`; the tree is whole only when none of them is an error.
/// Any thread: pure.
Query parse_watch(const WatchSpec& watch, const Names& names, std::vector<Finding>& findings);

/// Checks the terms of a list by themselves, so that its faults are reported once.
void check_list(const ListSpec& list, std::vector<Finding>& findings);

/// The place of byte `offset` of `text` in its file.
Position place(const Located& text, std::size_t offset);

}  // namespace tocsin::rules
