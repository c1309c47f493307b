// SPDX-License-Identifier: MIT
#include "rules/detail/futile.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "rules/detail/implied.hpp"
#include "text/utf8.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;
using Truth = Facts::Truth;

constexpr std::size_t kShown = 60;          // bytes of a part that a message repeats
constexpr std::size_t kMostCompared = 200;  // alternatives of an OF, each with each

bool is_pair(const Node& node) {
  return node.kind == Kind::near || node.kind == Kind::near_ordered ||
         node.kind == Kind::sentence || node.kind == Kind::paragraph;
}

bool same(const Node& a, const Node& b) {
  return implies(a, b) && implies(b, a) && a.leaf.words.size() == b.leaf.words.size();
}

/// The smallest part of `node`, which is `no`, that is so by itself.
const Node& culprit(const Node& node, const Facts& facts) {
  if (node.kind == Kind::all_of || is_pair(node) || node.kind == Kind::at_least ||
      node.kind == Kind::first || (node.kind == Kind::any_of && node.children.size() == 1))
    for (const auto& child : node.children)
      if (facts.truth(child) == Truth::no) return culprit(child, facts);
  if (node.kind == Kind::not_near || node.kind == Kind::except)
    return culprit(node.children.front(), facts);
  return node;
}

class Walker {
 public:
  Walker(std::string_view query, Report& report) : query_(query), report_(report) {}

  void walk(const Node& node, const Facts& facts) {
    switch (node.kind) {
      case Kind::all_of: return all_of(node, facts);
      case Kind::any_of:
      case Kind::some_of: return alternatives(node, facts);
      case Kind::negation: return inside(node.children.front());
      case Kind::near:
      case Kind::near_ordered:
      case Kind::sentence:
      case Kind::paragraph: return pair(node);
      case Kind::not_near:
      case Kind::except: return without(node);
      case Kind::at_least:
      case Kind::first: return walk(node.children.front(), facts);
      case Kind::comparison: return comparison(node, facts);
      default: return;
    }
  }

  /// What stands for itself: nothing around it bears on it.
  void inside(const Node& node) { walk(node, Facts()); }

  /// What is wrong with `bad`, which is `no` by `facts`.
  [[nodiscard]] std::string reason(const Node& bad, const Facts& facts) const {
    const auto name = shown(bad);
    if (bad.kind == Kind::comparison)
      return "nothing fulfils both " + name + " and what else is asked";
    if (const auto* const other = facts.refuter(bad); other != nullptr) {
      if (bad.kind == Kind::value && other->kind == Kind::value && !same(*other, bad))
        return "no article has both " + shown(*other) + " and " + name;
      const auto by = shown(*other);
      return by == name ? name + " is both wanted and ruled out"
                        : name + " is wanted, and ruled out by NOT " + by;
    }
    return bad.kind == Kind::negation ? shown(bad) + " rules out what is wanted beside it"
                                      : "all of " + name + " is ruled out";
  }

 private:
  [[nodiscard]] std::string shown(const Node& node) const {
    std::string_view text = node.leaf.term;
    const bool plain = node.kind == Kind::words || node.kind == Kind::entity;
    if (!plain || text.empty())
      text = query_.substr(std::min<std::size_t>(node.offset, query_.size()), node.length);
    const auto cut = text::cut_utf8(text, kShown);
    std::string out = "'" + std::string(cut) + (cut.size() < text.size() ? "…'" : "'");
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  }

  void warn(const Node& at, std::string message, std::string hint) {
    report_.warn(at.offset, at.length, std::move(message), std::move(hint));
  }

  void never(const Node& part, const Facts& facts) {
    const auto& bad = culprit(part, facts);
    warn(bad,
         reason(bad, facts) + ", so " + (depth_ == 0 ? "the watch" : "this part") +
             " can never match",
         "remove one of the two, or write OR if either is enough");
  }

  void all_of(const Node& node, const Facts& outer) {
    Facts facts(&outer);
    for (const auto& child : node.children) facts.accept(child);
    for (const auto& child : node.children)
      if (facts.truth(child) == Truth::no) return never(child, facts);
    for (const auto& child : node.children) walk(child, facts);
  }

  void alternatives(const Node& node, const Facts& facts) {
    if (depth_ > 0 && node.kind == Kind::any_of && always(node, facts)) return;
    if (node.kind == Kind::some_of) repeated(node);
    ++depth_;
    for (const auto& child : node.children)
      if (facts.truth(child) == Truth::no)
        never(child, facts);
      else
        walk(child, facts);
    --depth_;
  }

  /// `a OR NOT a`: were all others false, one would be true.
  bool always(const Node& node, const Facts& outer) {
    const bool plain = std::none_of(node.children.begin(), node.children.end(), [](const Node& c) {
      return c.kind == Kind::negation || c.kind == Kind::comparison;
    });
    if (plain) return false;
    Facts facts(&outer);
    for (const auto& child : node.children) facts.deny(child);
    for (const auto& child : node.children)
      if (child.kind != Kind::comparison && facts.truth(child) == Truth::yes) {
        warn(node, "one of these alternatives always holds",
             "remove the bracket, or what stands in it twice");
        return true;
      }
    return false;
  }

  void repeated(const Node& node) {
    const auto& all = node.children;
    if (all.size() > kMostCompared) return;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (same(all[i], all[j]))
          return warn(all[i], shown(all[i]) + " stands among these alternatives before",
                      "remove it: each counts, so one place would count twice");
  }

  void comparison(const Node& node, const Facts& facts) {
    if (facts.truth(node) == Truth::yes && Facts().truth(node) == Truth::yes)
      warn(node, shown(node) + " holds for every article", "remove it, or write another number");
  }

  void pair(const Node& node) {
    const auto& left = node.children[0];
    const auto& right = node.children[1];
    if (same(left, right))
      return warn(
          right,
          "both sides are the same, so it holds only where " + shown(right) + " stands twice",
          "write another word on one side, or ATLEAST/2(…) for twice in an article");
    for (const auto& child : node.children) inside(child);
  }

  /// EXCEPT and NOT NEAR.
  void without(const Node& node) {
    const auto& left = node.children[0];
    const auto& right = node.children[1];
    const bool except = node.kind == Kind::except;
    if (spoils(right, left, except))
      warn(right,
           shown(left) + " is " + (except ? "inside" : "beside") +
               " itself everywhere, so this part can never match",
           except ? "write the longer phrase on the right: a EXCEPT \"a b\""
                  : "write another word on the right");
    else if (except && !could_hold(right, left))
      warn(right,
           "no place of " + shown(left) + " is inside " + shown(right) +
               ", so EXCEPT takes nothing away",
           "write the phrase that holds the word: a EXCEPT \"a b\"; or NOT for the whole article");
  }

  /// True when every place of `left` is taken away by one of `right`.
  static bool spoils(const Node& right, const Node& left, bool except) {
    const auto covers = [&](const Node& a, const Node& b) {
      return implies(a, b) && (!except || a.leaf.words.size() == b.leaf.words.size());
    };
    const auto one = [&](const Node& a) {
      if (right.kind != Kind::any_of) return covers(a, right);
      return std::any_of(right.children.begin(), right.children.end(),
                         [&](const Node& b) { return covers(a, b); });
    };
    if (left.kind != Kind::any_of) return one(left);
    return std::all_of(left.children.begin(), left.children.end(), one);
  }

  std::string_view query_;
  Report& report_;
  int depth_ = 0;  // OR above
};

}  // namespace

void warn_of_futile_parts(const Node& root, std::string_view query, Report& report) {
  Walker(query, report).inside(root);
}

void warn_of_futile_lists(const Node& root, std::size_t length, Report& report) {
  if (root.kind != Kind::all_of) return;
  Facts facts;
  for (const auto& child : root.children) facts.accept(child);
  for (const auto& child : root.children) {
    if (facts.truth(child) != Truth::no) continue;
    const auto& bad = culprit(child, facts);
    const auto why = bad.children.empty() ? Walker({}, report).reason(bad, facts)
                                          : std::string("all of 'any' is ruled out by 'none'");
    return report.warn(0, length, why + ", so the watch can never match",
                       "remove one of the two lists, or the words that stand in both");
  }
}

}  // namespace tocsin::rules::detail
