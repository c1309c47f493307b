// SPDX-License-Identifier: MIT
#include <algorithm>

#include "rules/detail/ruleset_impl.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {
namespace {

using detail::Evaluator;
using detail::Program;

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

bool RuleSet::mentions_any(const Item& item, const ItemContext& context, Scratch& scratch) const {
  const auto& program = impl_->program;
  auto& evaluator = scratch.state_->evaluator;
  detail::begin_item(program, impl_->names, item, context, evaluator, scratch.state_->names);
  return std::any_of(
      program.watches.begin(), program.watches.end(), [&](const detail::WatchCode& watch) {
        if (watch.filter != 0 && !detail::admits(program.filters[watch.filter - 1], item, context))
          return false;
        return mentions(program, evaluator, watch.root);
      });
}

}  // namespace tocsin::rules
