// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <string>

#include "rules/detail/ruleset_impl.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {
namespace {

using detail::Code;
using detail::Evaluator;
using detail::Program;
using detail::Span;
using detail::Value;
using Kind = Node::Kind;

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kShown = 5;  // spans of a clause that are printed

std::string number(std::uint32_t n) {
  return std::to_string(n);
}

/// Writes the tree of one rule with what each clause comes to.
class Explainer {
 public:
  Explainer(const Program& program, Evaluator& evaluator)
      : program_(program), evaluator_(evaluator) {}

  std::string tree(std::uint32_t root) {
    write(root, 0);
    return std::move(out_);
  }

 private:
  std::string title(const Code& code) {
    switch (code.kind) {
      case Kind::words:
      case Kind::regex:
      case Kind::entity:
      case Kind::value:
        return field(code.scope) + std::string(program_.text(code.term, code.term_length));
      case Kind::comparison: return comparison(program_.comparisons[code.first]);
      case Kind::any_of: return "any of";
      case Kind::all_of: return "all of";
      case Kind::negation: return "NOT";
      case Kind::near: return "NEAR/" + number(code.n);
      case Kind::near_ordered: return "ONEAR/" + number(code.n);
      case Kind::not_near: return "NOT NEAR/" + number(code.n);
      case Kind::sentence: return "SENTENCE";
      case Kind::paragraph: return "PARA";
      case Kind::except: return "EXCEPT";
      case Kind::at_least: return "ATLEAST/" + number(code.n);
      case Kind::first: return "FIRST/" + number(code.n);
      case Kind::some_of: return number(code.n) + " OF";
    }
    return {};
  }

  static std::string field(Scope scope) {
    switch (scope) {
      case kTitle: return "title:";
      case kSummary: return "summary:";
      case kBody: return "body:";
      case kLead: return "lead:";
      case kAuthor: return "author:";
      case kTag: return "tag:";
      case kUrl: return "url:";
      case kSite: return "site:";
      case kFeed: return "feed:";
      case kLang: return "lang:";
      case kLabel: return "label:";
      default: return {};
    }
  }

  std::string comparison(const Comparison& test) {
    static constexpr std::string_view kOps[] = {"<", "<=", "=", ">=", ">"};
    const std::string op(kOps[static_cast<std::size_t>(test.op)]);
    if (test.what == Comparison::What::words)
      return "words" + op + std::to_string(test.value) + " (it has " +
             number(evaluator_.article().word_count()) + ")";
    return test.what == Comparison::What::age ? "age" + op + std::to_string(test.value / 1000) + "s"
                                              : "date" + op + "day " + std::to_string(test.value);
  }

  void write(std::uint32_t at, std::size_t depth) {
    const auto& code = program_.codes[at];
    evaluator_.reset();
    const auto value = evaluator_.evaluate(at);
    out_.append(2 * depth, ' ').append(value.holds ? "true   " : "false  ").append(title(code));
    if (value.end > value.begin) out_ += spans(value);
    if (!value.holds) out_ += nearness(code);
    out_ += '\n';
    if (code.kind == Kind::words || code.kind == Kind::regex || code.kind == Kind::entity ||
        code.kind == Kind::value || code.kind == Kind::comparison)
      return;
    for (std::uint32_t i = 0; i < code.count; ++i) write(code.first + i, depth + 1);
  }

  std::string spans(const Value& value) {
    std::string out = ":";
    for (auto i = value.begin; i < value.end && i - value.begin < kShown; ++i) {
      const auto& span = evaluator_.at(i);
      const auto& part = evaluator_.article().parts()[span.part];
      out.append(i == value.begin ? " " : ", ").append(to_string(part.field)).append(" ");
      out.append(number(span.start)).append("-").append(number(span.stop)).append(" \"");
      for (const char c : part.text.substr(span.start, span.stop - span.start))
        out += c == '\n' ? ' ' : c;
      out += '"';
    }
    const auto count = value.end - value.begin;
    if (count > kShown) out += " and " + number(count - kShown) + " more";
    return out;
  }

  /// For a pair that missed: what was found, and how far apart the nearest two are.
  std::string nearness(const Code& code) {
    if (code.kind == Kind::at_least) return count_found(code);
    if (code.kind != Kind::near && code.kind != Kind::near_ordered && code.kind != Kind::sentence &&
        code.kind != Kind::paragraph)
      return {};
    evaluator_.reset();
    const auto left = evaluator_.evaluate(code.first);
    const auto right = evaluator_.evaluate(code.first + 1);
    const auto a = label(code.first), b = label(code.first + 1);
    if (!left.holds && !right.holds) return ": neither " + a + " nor " + b + " found";
    if (!left.holds) return ": " + b + " found, but no " + a;
    if (!right.holds) return ": " + a + " found, but no " + b;
    const auto nearest = distance(code, left, right);
    if (nearest == kFar)
      return ": " + a + " found, nearest " + b +
             (code.kind == Kind::near_ordered ? " before it or in another field"
                                              : " in another field");
    const std::string limit = code.kind == Kind::sentence    ? "not in one sentence"
                              : code.kind == Kind::paragraph ? "not in one paragraph"
                                                             : "limit " + number(code.n);
    return ": " + a + " found, nearest " + b + " " + number(nearest) + " words away, " + limit;
  }

  std::string count_found(const Code& code) {
    evaluator_.reset();
    const auto inner = evaluator_.evaluate(code.first);
    return ": " + number(inner.end - inner.begin) + " found, " + number(code.n) + " wanted";
  }

  std::uint32_t distance(const Code& code, const Value& left, const Value& right) {
    auto nearest = kFar;
    for (auto i = left.begin; i < left.end; ++i) {
      for (auto j = right.begin; j < right.end; ++j) {
        const auto& a = evaluator_.at(i);
        const auto& b = evaluator_.at(j);
        if (a.part != b.part) continue;
        if (a.end <= b.first)
          nearest = std::min(nearest, b.first - a.end);
        else if (b.end <= a.first && code.kind != Kind::near_ordered)
          nearest = std::min(nearest, a.first - b.end);
      }
    }
    return nearest;
  }

  std::string label(std::uint32_t at) {
    const auto& code = program_.codes[at];
    if (code.kind == Kind::any_of && code.count > 0)
      return label(code.first) + (code.count > 1 ? " or its alternatives" : "");
    if (code.kind == Kind::except || code.kind == Kind::not_near || code.kind == Kind::first)
      return label(code.first);
    return title(code);
  }

  const Program& program_;
  Evaluator& evaluator_;
  std::string out_;
};

}  // namespace

std::optional<std::string> RuleSet::explain(std::string_view watch, const Item& item,
                                            const ItemContext& context, Scratch& scratch) const {
  const auto& program = impl_->program;
  const auto found =
      std::find_if(program.watches.begin(), program.watches.end(),
                   [&](const auto& candidate) { return program.name(candidate) == watch; });
  if (found == program.watches.end()) return std::nullopt;
  auto& state = *scratch.state_;
  detail::begin_item(program, impl_->names, item, context, state.evaluator, state.names);
  std::string out;
  const bool admitted =
      found->filter == 0 || detail::admits(program.filters[found->filter - 1], item, context);
  state.evaluator.reset();
  const bool holds = admitted && state.evaluator.evaluate(found->root).holds;
  out.append(watch).append(holds ? ": matches\n" : ": does not match\n");
  if (!admitted) out += "false  feeds, languages or max_age of the watch shut this item out\n";
  return out + Explainer(program, state.evaluator).tree(found->root);
}

}  // namespace tocsin::rules
