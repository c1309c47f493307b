// SPDX-License-Identifier: MIT
// Routes that no alert can reach: an earlier one beside them takes everything that they would, or
// their conditions exclude each other.
#include <algorithm>

#include "config/detail/references.hpp"

namespace tocsin::config::detail {
namespace {

using notifier::Matcher;
using notifier::Route;

bool same(const Matcher& a, const Matcher& b) {
  return a.op == b.op && a.name == b.name && a.value == b.value;
}

/// Whether everything that `conditions` let through also passes `one`: it is among them, or an
/// equality among them implies it.
bool implied(const Matcher& one, const std::vector<Matcher>& conditions) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Matcher& other) {
    if (same(one, other)) return true;
    return one.op == Matcher::Op::not_equal && other.op == Matcher::Op::equal &&
           one.name == other.name && one.value != other.value;
  });
}

/// Properties that an alert has one of; watches and labels may have several values at once.
bool is_single(std::string_view name) {
  return name == "feed" || name == "language" || name == "type";
}

/// Two conditions that no alert fulfils both of.
bool contradict(const Matcher& a, const Matcher& b) {
  if (a.name != b.name) return false;
  using Op = Matcher::Op;
  if (a.op == Op::equal && b.op == Op::equal)
    return a.value != b.value && (is_single(a.name) || a.name == "severity");
  if (a.op == Op::equal && b.op == Op::not_equal) return a.value == b.value;
  if (a.op == Op::not_equal && b.op == Op::equal) return a.value == b.value;
  return false;
}

class Walker {
 public:
  explicit Walker(Findings& findings) : findings_(findings) {}

  /// `above`: all conditions on the way from the root to `route`.
  void walk(const Route& route, const Node& node, const std::vector<Matcher>& above) {
    const Node* children = View(&node).get("routes");
    if (children == nullptr || !children->is_list()) return;
    std::vector<const Node*> nodes;
    for (const Node* child : children->children)
      if (child->is_mapping()) nodes.push_back(child);
    if (nodes.size() != route.routes.size()) return;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      auto conditions = above;
      const auto& own = route.routes[i].matchers;
      conditions.insert(conditions.end(), own.begin(), own.end());
      if (!excluded(conditions, *nodes[i]) && !taken(route, i, nodes, conditions))
        walk(route.routes[i], *nodes[i], conditions);
    }
  }

 private:
  bool excluded(const std::vector<Matcher>& conditions, const Node& node) {
    for (std::size_t i = 0; i < conditions.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (contradict(conditions[i], conditions[j])) {
          const Node* at = node.find_key("matchers");
          findings_.error(at == nullptr ? node : *at,
                          "no alert can reach this route: its conditions, with those above it, "
                          "exclude each other",
                          "two values of '" + conditions[i].name + "' cannot hold at once");
          return true;
        }
    return false;
  }

  bool taken(const Route& parent, std::size_t index, const std::vector<const Node*>& nodes,
             const std::vector<Matcher>& conditions) {
    for (std::size_t i = 0; i < index; ++i) {
      const Route& earlier = parent.routes[i];
      const bool all = std::all_of(earlier.matchers.begin(), earlier.matchers.end(),
                                   [&](const Matcher& m) { return implied(m, conditions); });
      if (earlier.continues || !all) continue;
      findings_.error(*nodes[index],
                      "no alert can reach this route: the one in line " +
                          std::to_string(nodes[i]->start.line) + " takes all that it would",
                      "put it before that one, or add continue: true there");
      return true;
    }
    return false;
  }

  Findings& findings_;
};

}  // namespace

void check_reachable(const Reading& reading, const Config& config) {
  const Node* route = reading.main().get("route");
  if (route != nullptr && route->is_mapping())
    Walker(*reading.findings).walk(config.delivery.root, *route, {});
}

}  // namespace tocsin::config::detail
