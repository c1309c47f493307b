// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "rules/detail/evaluate.hpp"
#include "rules/detail/index.hpp"
#include "rules/detail/program.hpp"
#include "rules/names/name_index.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {
namespace detail {

/// Which leaves of the text could stand in an article, of all watches: for `mentions_any`.
struct Mentions {
  struct Leaf {
    std::uint32_t watch = 0, code = 0;
  };
  bool ready = false;  ///< else it is empty, and rules are walked instead
  std::vector<Leaf> leaves;
  Index index;  ///< its watches are indices into `leaves`
};

/// Calls `each` with every leaf of the text below `node` that makes a rule hold, rather than rule
/// something out.
void each_mention(const Node& node, const std::function<void(const Node&)>& each);

}  // namespace detail

struct RuleSet::Impl {
  detail::Program program;
  detail::Index index;
  NameIndex names;
  detail::Mentions mentions;
};

struct Scratch::State {
  detail::Evaluator evaluator;
  NameScratch names;
  detail::Found found;
  std::vector<std::uint32_t> entities;
  std::vector<const detail::Span*> spans;
  std::vector<HitView> hits;
};

namespace detail {

/// Takes `item` into words and finds the watched names in it: what comes before any evaluation.
void begin_item(const Program& program, const NameIndex& names, const Item& item,
                const ItemContext& context, Evaluator& evaluator, NameScratch& scratch);

/// The entities of `names`, which are sorted by them, each once.
void list_entities(const std::vector<NameHit>& names, std::vector<std::uint32_t>& out);

/// The settings of a watch that can shut an item out, one by one: its feeds, its languages (an item
/// of unknown language passes) and its greatest age (an item without a date passes).
bool comes_from(const WatchFilter& filter, const ItemContext& context);
bool speaks_one_of(const WatchFilter& filter, const Item& item);
bool is_young(const WatchFilter& filter, const Item& item, const ItemContext& context);

/// Whether a watch looks at `item` at all: all three.
bool admits(const WatchFilter& filter, const Item& item, const ItemContext& context);

}  // namespace detail
}  // namespace tocsin::rules
