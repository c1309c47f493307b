// SPDX-License-Identifier: MIT
#include "rules/detail/evaluate.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

bool overlap(const Span& a, const Span& b) {
  return a.first < b.end && b.first < a.end;
}

/// Words between the nearest edges of two spans that do not overlap.
std::uint32_t gap(const Span& a, const Span& b) {
  return a.end <= b.first ? b.first - a.end : a.first - b.end;
}

auto place_of(const Span& span) {
  return std::tie(span.first, span.end, span.start, span.stop);
}

std::uint32_t last_word(const Span& span) {
  return span.end > span.first ? span.end - 1 : span.first;
}

}  // namespace

void Evaluator::begin(const Program& program, const Item& item, const ItemContext& context,
                      const PlainText& text) {
  program_ = &program;
  item_ = &item;
  context_ = &context;
  reset();
  names_.clear();
  for (auto& borders : borders_) borders.clear();
  article_.read(text, item.language);
}

Value Evaluator::evaluate(std::uint32_t at) {
  const auto& code = program_->codes[at];
  switch (code.kind) {
    case Kind::words: return words(code, at);
    case Kind::regex: return regex(code, at);
    case Kind::entity: return entity(code, at);
    case Kind::value: return {value(code), top(), top()};
    case Kind::comparison: return {compare(program_->comparisons[code.first]), top(), top()};
    case Kind::any_of:
    case Kind::some_of: return any_of(code);
    case Kind::all_of: return all_of(code);
    case Kind::negation: return negation(code);
    case Kind::near:
    case Kind::near_ordered:
    case Kind::sentence:
    case Kind::paragraph: return pairs(code);
    case Kind::not_near:
    case Kind::except: return filtered(code);
    case Kind::at_least: return at_least(code);
    case Kind::first: return first(code);
  }
  return {};
}

void Evaluator::add(const Span& span) {
  list_.push_back(static_cast<std::uint32_t>(spans_.size()));
  spans_.push_back(span);
}

Value Evaluator::sorted(std::uint32_t begin) {
  const auto by_place = [this](std::uint32_t a, std::uint32_t b) {
    return place_of(spans_[a]) < place_of(spans_[b]);
  };
  const auto from = list_.begin() + begin;
  if (!std::is_sorted(from, list_.end(), by_place)) std::sort(from, list_.end(), by_place);
  return {top() > begin, begin, top()};
}

/// Makes spans of the same place one, which remembers the others. To be called on sorted spans that
/// no other span covers yet; each may already remember some.
void Evaluator::merge(std::uint32_t begin) {
  auto kept = begin;
  for (auto i = begin; i < top(); ++i) {
    if (kept > begin && place_of(at(kept - 1)) == place_of(at(i))) {
      auto& first = spans_[list_[kept - 1]];
      auto& other = spans_[list_[i]];
      if (other.same == 0) {
        other.same = std::exchange(first.same, list_[i] + 1);
      } else {  // merged before: at most one such a place, so that the walk is over new ones
        auto* last = &first;
        while (last->same != 0) last = &spans_[last->same - 1];
        last->same = list_[i] + 1;
      }
    } else {
      list_[kept++] = list_[i];
    }
  }
  list_.resize(kept);
}

/// Moves what stands from `from` on down to `to`: the operator's value takes its operands' place.
void Evaluator::keep(std::uint32_t to, std::uint32_t from) {
  list_.erase(list_.begin() + to, list_.begin() + from);
}

std::uint32_t Evaluator::longest(const Value& value) const noexcept {
  std::uint32_t most = 0;
  for (auto i = value.begin; i < value.end; ++i) most = std::max(most, at(i).end - at(i).first);
  return most;
}

Value Evaluator::negation(const Code& code) {
  const auto from = top();
  const bool holds = evaluate(code.first).holds;
  list_.resize(from);
  return {!holds, from, from};
}

Value Evaluator::any_of(const Code& code) {
  const auto from = top();
  const std::uint32_t wanted = code.kind == Kind::some_of ? code.n : 1;
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < code.count; ++i) found += evaluate(code.first + i).holds ? 1 : 0;
  if (found < wanted) return none(from);
  auto out = sorted(from);
  out.holds = true;
  return out;
}

Value Evaluator::all_of(const Code& code) {
  const auto from = top();
  for (std::uint32_t i = 0; i < code.count; ++i)
    if (!evaluate(code.first + i).holds) return none(from);
  auto out = sorted(from);
  out.holds = true;
  return out;
}

bool Evaluator::joined(const Code& code, const Span& a, const Span& b) {
  if (overlap(a, b) || a.part != b.part) return false;
  switch (code.kind) {
    case Kind::near: return gap(a, b) <= code.n;
    case Kind::near_ordered: return a.end <= b.first && gap(a, b) <= code.n;
    case Kind::sentence:
      return article_.sentence(std::min(a.first, b.first)) ==
             article_.sentence(std::max(last_word(a), last_word(b)));
    default:
      return article_.paragraph(std::min(a.first, b.first)) ==
             article_.paragraph(std::max(last_word(a), last_word(b)));
  }
}

/// The first span on the right that could be joined to `a`, by a search in the sorted list.
std::uint32_t Evaluator::from_which(const Code& code, const Span& a, const Value& right,
                                    std::uint32_t longest) {
  const auto before = [&](std::uint32_t index, const Span& span) {
    const auto& b = spans_[index];
    if (code.kind == Kind::sentence)
      return article_.sentence(b.first) < article_.sentence(span.first);
    if (code.kind == Kind::paragraph)
      return article_.paragraph(b.first) < article_.paragraph(span.first);
    return b.first + code.n + longest < span.first;
  };
  const auto found =
      std::lower_bound(list_.begin() + right.begin, list_.begin() + right.end, a, before);
  return static_cast<std::uint32_t>(found - list_.begin());
}

/// True when `b` and all spans after it lie too far behind `a`.
bool Evaluator::past(const Code& code, const Span& a, const Span& b) {
  if (code.kind == Kind::sentence) return article_.sentence(b.first) > article_.sentence(a.first);
  if (code.kind == Kind::paragraph)
    return article_.paragraph(b.first) > article_.paragraph(a.first);
  return b.first > a.end + code.n;
}

Value Evaluator::pairs(const Code& code) {
  const auto from = top();
  const auto left = evaluate(code.first);
  if (!left.holds) return none(from);
  const auto right = evaluate(code.first + 1);
  if (!right.holds) return none(from);
  const auto begin = top();
  const auto width = longest(right);
  std::size_t limit = kMaxSpans / 4;
  for (auto i = left.begin; i < left.end && top() - begin < kMaxSpans; ++i) {
    if (top() - begin > limit) {  // most are often the same places
      sorted(begin);
      merge(begin);
      limit = std::max(limit, std::size_t{2} * (top() - begin));
    }
    for (auto j = from_which(code, at(i), right, width); j < right.end; ++j) {
      const auto a = at(i);
      const auto b = at(j);
      if (past(code, a, b) || top() - begin >= kMaxSpans || enough(begin)) break;
      if (!joined(code, a, b)) continue;
      Span both;
      both.first = std::min(a.first, b.first);
      both.end = std::max(a.end, b.end);
      both.start = std::min(a.start, b.start);
      both.stop = std::max(a.stop, b.stop);
      both.part = a.part;
      both.left = list_[i] + 1;
      both.right = list_[j] + 1;
      add(both);
    }
  }
  sorted(begin);
  merge(begin);
  keep(from, begin);
  return {top() > from, from, top()};
}

/// True when some span on the right takes `a` away.
bool Evaluator::spoiled(const Code& code, const Span& a, const Value& right, std::uint32_t width) {
  Code window = code;
  window.kind = Kind::near;
  if (code.kind == Kind::except) window.n = 0;
  for (auto j = from_which(window, a, right, width); j < right.end; ++j) {
    const auto& b = at(j);
    if (past(window, a, b)) return false;
    if (code.kind == Kind::except) {
      if (b.first <= a.first && a.end <= b.end &&
          (a.first < a.end || (b.start <= a.start && a.stop <= b.stop)))
        return true;
    } else if (a.part == b.part && (overlap(a, b) || gap(a, b) <= code.n)) {
      return true;
    }
  }
  return false;
}

Value Evaluator::filtered(const Code& code) {
  const auto from = top();
  const auto left = evaluate(code.first);
  if (!left.holds) return none(from);
  const auto right = evaluate(code.first + 1);
  const auto width = longest(right);
  auto kept = from;
  for (auto i = left.begin; i < left.end; ++i)
    if (!spoiled(code, at(i), right, width)) list_[kept++] = list_[i];
  list_.resize(kept);
  return {kept > from, from, kept};
}

std::uint32_t Evaluator::disjoint(const Value& value) {
  // Most spans without overlap: always the one that ends first.
  walk_.assign(list_.begin() + value.begin, list_.begin() + value.end);
  std::sort(walk_.begin(), walk_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return std::tie(spans_[a].end, spans_[a].first) < std::tie(spans_[b].end, spans_[b].first);
  });
  std::uint32_t count = 0, free = 0;
  for (const auto index : walk_) {
    if (spans_[index].first < free) continue;
    ++count;
    free = std::max(spans_[index].end, spans_[index].first + 1);
  }
  return count;
}

Value Evaluator::at_least(const Code& code) {
  const auto from = top();
  const auto inner = evaluate(code.first);
  return inner.holds && disjoint(inner) >= code.n ? inner : none(from);
}

Value Evaluator::first(const Code& code) {
  const auto from = top();
  const auto inner = evaluate(code.first);
  auto kept = from;
  for (auto i = inner.begin; i < inner.end; ++i)
    if (at(i).first - article_.parts()[at(i).part].begin < code.n) list_[kept++] = list_[i];
  list_.resize(kept);
  return {kept > from, from, kept};
}

void Evaluator::collect(const Value& value, std::vector<const Span*>& out) {
  walk_.assign(list_.begin() + value.begin, list_.begin() + value.end);
  while (!walk_.empty()) {
    auto& span = spans_[walk_.back()];
    walk_.pop_back();
    if (span.collected) continue;
    span.collected = true;
    if (span.same != 0) walk_.push_back(span.same - 1);
    if (span.left == 0) {
      out.push_back(&span);
    } else {
      walk_.push_back(span.left - 1);
      walk_.push_back(span.right - 1);
    }
  }
  std::sort(out.begin(), out.end(), [](const Span* a, const Span* b) {
    return std::tie(a->part, a->start, a->stop, a->code) <
           std::tie(b->part, b->start, b->stop, b->code);
  });
}

}  // namespace tocsin::rules::detail
