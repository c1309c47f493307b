// SPDX-License-Identifier: MIT
#include <algorithm>
#include <span>

#include "rules/detail/ruleset_impl.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {
namespace {

using detail::Evaluator;
using detail::Program;

constexpr std::size_t kWalkedFirst = 100;

/// Whether a leaf of the text below `at` holds, but for those that rule something out.
bool mentions(const Program& program, Evaluator& evaluator, std::uint32_t at) {
  const auto& code = program.codes[at];
  auto children = code.count;
  switch (code.kind) {
    case Node::Kind::words:
    case Node::Kind::regex:
    case Node::Kind::entity: evaluator.reset(); return evaluator.evaluate(at).holds;
    case Node::Kind::value:
    case Node::Kind::comparison:
    case Node::Kind::negation: return false;
    case Node::Kind::not_near:
    case Node::Kind::except: children = 1; break;  // the others only take away
    default: break;
  }
  for (std::uint32_t i = 0; i < children; ++i)
    if (mentions(program, evaluator, code.first + i)) return true;
  return false;
}

}  // namespace

void detail::each_mention(const Node& node, const std::function<void(const Node&)>& each) {
  switch (node.kind) {
    case Node::Kind::words:
    case Node::Kind::regex:
    case Node::Kind::entity: return each(node);
    case Node::Kind::negation: return;
    case Node::Kind::not_near:
    case Node::Kind::except: return each_mention(node.children.front(), each);
    default:
      for (const auto& child : node.children) each_mention(child, each);
  }
}

bool RuleSet::mentions_any(const Item& item, const ItemContext& context, Scratch& scratch) const {
  const auto& program = impl_->program;
  auto& state = *scratch.state_;
  auto& evaluator = state.evaluator;
  detail::begin_item(program, impl_->names, item, context, evaluator, state.names);
  const auto looks_at = [&](const detail::WatchCode& watch) {
    return watch.filter == 0 || detail::admits(program.filters[watch.filter - 1], item, context);
  };
  // Where much is watched, most articles mention what one of the first watches asks for.
  const auto first = impl_->mentions.ready ? std::min(kWalkedFirst, program.watches.size())
                                           : program.watches.size();
  const auto walked = std::span(program.watches).first(first);
  if (std::any_of(walked.begin(), walked.end(), [&](const auto& watch) {
        return looks_at(watch) && mentions(program, evaluator, watch.root);
      }))
    return true;
  if (first == program.watches.size()) return false;
  detail::list_entities(evaluator.names(), state.entities);
  impl_->mentions.index.find(evaluator.article(), program, state.entities, state.found);
  const auto& found = state.found.candidates;
  return std::any_of(found.begin(), found.end(), [&](std::uint32_t number) {
    const auto& leaf = impl_->mentions.leaves[number];
    evaluator.reset();
    return looks_at(program.watches[leaf.watch]) && evaluator.evaluate(leaf.code).holds;
  });
}

}  // namespace tocsin::rules
