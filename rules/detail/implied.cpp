// SPDX-License-Identifier: MIT
//
// A rule is taken as a sentence of propositional logic whose letters are its leaves. What a leaf
// implies is seen from how it is written, so an answer of "maybe" may well be certain to a reader;
// an answer of "no" or "yes" is proved.
#include "rules/detail/implied.hpp"

#include <algorithm>

#include "rules/detail/comparison.hpp"
#include "rules/words.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;
using Truth = Facts::Truth;

bool is_leaf(const Node& node) {
  return node.kind == Kind::words || node.kind == Kind::regex || node.kind == Kind::entity ||
         node.kind == Kind::value;
}

Truth opposite(Truth truth) {
  if (truth == Truth::maybe) return truth;
  return truth == Truth::no ? Truth::yes : Truth::no;
}

/// `lead` is made of the title and of a summary's or a body's beginning.
bool within(Scope narrow, Scope wide) {
  if ((wide & kText) == kText) wide = static_cast<Scope>(wide | kLead);
  return (narrow & ~wide) == 0;
}

/// True when every word that fits `a` fits `b`, as both are written in leaves of these forms.
bool word_implies(const Word& a, Forms of_a, const Word& b, Forms of_b) {
  if ((of_a & kStem) != (of_b & kStem) || (of_b & ~of_a & ~kExact) != 0) return false;
  if (a.raw == b.raw) return true;
  if ((of_b & (kKeepCase | kKeepMarks | kStem)) != 0) return false;
  if (!b.wild) return !a.wild && a.hash == b.hash;
  if (!a.wild) return glob(b.folded, a.folded);
  const auto head = literal_head(b.folded);
  return b.folded.size() == head.size() + 1 && b.folded.back() == '*' &&
         literal_head(a.folded).starts_with(head);
}

/// True when some word could fit both.
bool may_be_same(const Word& a, const Word& b, Forms forms) {
  return a.wild || b.wild || (forms & kStem) != 0 || a.hash == b.hash;
}

bool words_imply(const Leaf& a, const Leaf& b) {
  if (b.words.empty()) return false;
  for (std::size_t from = 0; from + b.words.size() <= a.words.size(); ++from) {
    std::size_t i = 0;
    while (i < b.words.size() && word_implies(a.words[from + i], a.forms, b.words[i], b.forms)) ++i;
    if (i == b.words.size()) return true;
  }
  return false;
}

/// Fields of which an article has one value, which is compared whole.
bool has_one_value(const Leaf& leaf) {
  return leaf.scope == kFeed || leaf.scope == kLang || leaf.scope == kLabel;
}

bool is_wild(const Leaf& leaf) {
  return leaf.term.find_first_of("*?") != std::string::npos;
}

/// True for values that no article has both of: lang:en and lang:fa, but not lang:en-GB and
/// lang:en.
bool exclude(const Node& a, const Node& b) {
  if (a.kind != Kind::value || b.kind != Kind::value || a.leaf.scope != b.leaf.scope ||
      a.leaf.key != b.leaf.key || !has_one_value(a.leaf) || is_wild(a.leaf) || is_wild(b.leaf))
    return false;
  const auto x = text::fold(a.leaf.term), y = text::fold(b.leaf.term);
  if (a.leaf.scope != kLang) return x != y;
  const auto main = [](const std::string& tag) { return tag.substr(0, tag.find_first_of("-_")); };
  return main(x) != main(y) || (x != y && main(x) != x && main(y) != y);
}

}  // namespace

bool implies(const Node& a, const Node& b) {
  if (a.kind != b.kind || !is_leaf(a) || !within(a.leaf.scope, b.leaf.scope)) return false;
  if (a.leaf.key != b.leaf.key) return false;
  switch (a.kind) {
    case Kind::words: return words_imply(a.leaf, b.leaf);
    case Kind::value: return text::fold(a.leaf.term) == text::fold(b.leaf.term);
    case Kind::regex:
      return a.leaf.term == b.leaf.term && (a.leaf.case_sensitive || !b.leaf.case_sensitive);
    default: return a.leaf.term == b.leaf.term && (b.leaf.forms & ~a.leaf.forms) == 0;
  }
}

bool could_hold(const Node& outer, const Node& inner) {
  const auto any_child = [](const Node& node, const auto& test) {
    return std::any_of(node.children.begin(), node.children.end(), test);
  };
  if (!outer.children.empty() && outer.kind != Kind::any_of) return true;
  if (outer.kind == Kind::any_of)
    return any_child(outer, [&](const Node& child) { return could_hold(child, inner); });
  if (inner.kind == Kind::any_of)
    return any_child(inner, [&](const Node& child) { return could_hold(outer, child); });
  if (outer.kind != Kind::words || inner.kind != Kind::words) return true;
  const auto& out = outer.leaf.words;
  const auto& in = inner.leaf.words;
  const auto forms = static_cast<Forms>(outer.leaf.forms | inner.leaf.forms);
  for (std::size_t from = 0; from + in.size() <= out.size(); ++from) {
    std::size_t i = 0;
    while (i < in.size() && may_be_same(out[from + i], in[i], forms)) ++i;
    if (i == in.size()) return true;
  }
  return false;
}

void Facts::Leaves::add(const Node& leaf) {
  if (leaf.kind == Kind::words && !leaf.leaf.words.empty() && leaf.leaf.words.front().hash != 0)
    by_word.emplace(leaf.leaf.words.front().hash, &leaf);
  else
    others.push_back(&leaf);
}

const Node* Facts::Leaves::implied_by(const Node& leaf) const {
  for (const auto& word : leaf.leaf.words) {
    const auto [from, to] = by_word.equal_range(word.hash);
    for (auto i = from; i != to; ++i)
      if (implies(leaf, *i->second)) return i->second;
  }
  const auto found = std::find_if(others.begin(), others.end(),
                                  [&](const Node* other) { return implies(leaf, *other); });
  return found == others.end() ? nullptr : *found;
}

/// Only leaves that begin alike are looked at: for words that is enough to see what is repeated.
const Node* Facts::Leaves::implying(const Node& leaf) const {
  if (leaf.kind == Kind::words && !leaf.leaf.words.empty()) {
    const auto [from, to] = by_word.equal_range(leaf.leaf.words.front().hash);
    for (auto i = from; i != to; ++i)
      if (implies(*i->second, leaf)) return i->second;
  }
  const auto found = std::find_if(others.begin(), others.end(),
                                  [&](const Node* other) { return implies(*other, leaf); });
  return found == others.end() ? nullptr : *found;
}

Facts::Facts(const Facts* outer) : outer_(outer) {
  if (outer != nullptr) std::copy(std::begin(outer->ranges_), std::end(outer->ranges_), ranges_);
}

void Facts::accept(const Node& node) {
  switch (node.kind) {
    case Kind::words:
    case Kind::regex:
    case Kind::entity:
    case Kind::value: return given_.add(node);
    case Kind::comparison: return narrow(node.comparison, true);
    case Kind::negation: return deny(node.children.front());
    case Kind::not_near:
    case Kind::except: return accept(node.children.front());
    case Kind::any_of:
      if (node.children.size() == 1) accept(node.children.front());
      return;
    case Kind::some_of:
      if (node.n < node.children.size()) return;
      [[fallthrough]];
    default:
      for (const auto& child : node.children) accept(child);
  }
}

void Facts::deny(const Node& node) {
  if (is_leaf(node)) return denied_.add(node);
  if (node.kind == Kind::comparison) return narrow(node.comparison, false);
  if (node.kind == Kind::negation) return accept(node.children.front());
  if (node.kind == Kind::any_of || (node.kind == Kind::some_of && node.n == 1))
    for (const auto& child : node.children) deny(child);
}

void Facts::narrow(const Comparison& comparison, bool holds) {
  using Op = Comparison::Op;
  auto& range = ranges_[static_cast<std::size_t>(comparison.what)];
  const auto value = comparison.value;
  const auto at_most = [&](std::int64_t most) { range.to = std::min(range.to, most); };
  const auto at_least = [&](std::int64_t least) { range.from = std::max(range.from, least); };
  switch (comparison.op) {
    case Op::less: return holds ? at_most(value - 1) : at_least(value);
    case Op::less_equal: return holds ? at_most(value) : at_least(value + 1);
    case Op::greater_equal: return holds ? at_least(value) : at_most(value - 1);
    case Op::greater: return holds ? at_least(value + 1) : at_most(value);
    case Op::equal:
      if (!holds) return;
      at_most(value);
      at_least(value);
  }
}

Truth Facts::compare(const Comparison& comparison) const {
  if (holds_for_all(comparison)) return Truth::yes;
  const auto& range = ranges_[static_cast<std::size_t>(comparison.what)];
  Facts joined(this);
  joined.narrow(comparison, true);
  const auto& both = joined.ranges_[static_cast<std::size_t>(comparison.what)];
  if (both.from > both.to) return Truth::no;
  return both.from == range.from && both.to == range.to ? Truth::yes : Truth::maybe;
}

const Node* Facts::denied(const Node& leaf) const {
  for (const auto* facts = this; facts != nullptr; facts = facts->outer_)
    if (const auto* const found = facts->denied_.implied_by(leaf)) return found;
  return nullptr;
}

const Node* Facts::refuter(const Node& node) const {
  if (const auto* const found = denied(node)) return found;
  if (node.kind != Kind::value) return nullptr;
  for (const auto* facts = this; facts != nullptr; facts = facts->outer_)
    for (const auto* other : facts->given_.others)
      if (exclude(node, *other)) return other;
  return nullptr;
}

Truth Facts::leaf(const Node& node) const {
  if (refuter(node) != nullptr) return Truth::no;
  for (const auto* facts = this; facts != nullptr; facts = facts->outer_)
    if (facts->given_.implying(node) != nullptr) return Truth::yes;
  return Truth::maybe;
}

/// AND, OR and OF by how many of the children can, and must, be.
Truth Facts::group(const Node& node) const {
  std::size_t wanted = node.children.size(), can = 0, must = 0;
  if (node.kind == Kind::any_of) wanted = 1;
  if (node.kind == Kind::some_of) wanted = node.n;
  for (const auto& child : node.children) {
    const auto known = truth(child);
    can += known == Truth::no ? 0U : 1U;
    must += known == Truth::yes ? 1U : 0U;
  }
  if (can < wanted) return Truth::no;
  return must >= wanted ? Truth::yes : Truth::maybe;
}

Truth Facts::truth(const Node& node) const {
  switch (node.kind) {
    case Kind::words:
    case Kind::regex:
    case Kind::entity:
    case Kind::value: return leaf(node);
    case Kind::comparison: return compare(node.comparison);
    case Kind::negation: return opposite(truth(node.children.front()));
    case Kind::any_of:
    case Kind::all_of:
    case Kind::some_of: return group(node);
    case Kind::not_near:
    case Kind::except: return truth(node.children.front()) == Truth::no ? Truth::no : Truth::maybe;
    default: {  // every operand must have a place
      const bool none =
          std::any_of(node.children.begin(), node.children.end(),
                      [this](const Node& child) { return truth(child) == Truth::no; });
      return none ? Truth::no : Truth::maybe;
    }
  }
}

}  // namespace tocsin::rules::detail
