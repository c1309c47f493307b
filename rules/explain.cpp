// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "base/time_format.hpp"
#include "rules/detail/clause.hpp"
#include "rules/detail/near_miss.hpp"
#include "rules/detail/ruleset_impl.hpp"
#include "rules/ruleset.hpp"
#include "text/utf8.hpp"

namespace tocsin::rules {
namespace {

using detail::Code;
using detail::Evaluator;
using detail::Program;
using detail::Value;
using Kind = Node::Kind;

constexpr std::uint32_t kShown = 5;          // spans of a clause that are printed
constexpr std::uint32_t kAlternatives = 20;  // of more, those that do not hold are only counted
constexpr std::size_t kShownBytes = 80;      // of a span's text

bool is_leaf(const Code& code) {
  return code.kind == Kind::words || code.kind == Kind::regex || code.kind == Kind::entity ||
         code.kind == Kind::value || code.kind == Kind::comparison;
}

/// Writes the tree of one rule with what each clause comes to.
class Explainer {
 public:
  Explainer(const Program& program, Evaluator& evaluator)
      : program_(program), evaluator_(evaluator), near_miss_(program, evaluator) {}

  std::string tree(std::uint32_t root) {
    write(root, 0);
    return std::move(out_);
  }

 private:
  std::string& line(bool holds, std::size_t depth) {
    return out_.append(2 * depth, ' ').append(holds ? "true   " : "false  ");
  }

  void write(std::uint32_t at, std::size_t depth) {
    const auto& code = program_.codes[at];
    evaluator_.reset();
    const auto value = evaluator_.evaluate(at);
    line(value.holds, depth).append(clause_title(program_, code));
    if (value.end > value.begin) out_ += spans(value);
    out_ += near_miss_.measured(code);
    if (!value.holds) out_ += near_miss_.of(at);
    out_ += '\n';
    if (!is_leaf(code)) write_children(code, depth + 1);
  }

  void write_children(const Code& code, std::size_t depth) {
    std::uint32_t left_out = 0;
    for (std::uint32_t i = 0; i < code.count; ++i) {
      evaluator_.reset();
      if (code.count > kAlternatives && !evaluator_.evaluate(code.first + i).holds)
        ++left_out;
      else
        write(code.first + i, depth);
    }
    if (left_out > 0) line(false, depth) += std::to_string(left_out) + " more\n";
  }

  std::string spans(const Value& value) {
    std::string out = ":";
    for (auto i = value.begin; i < value.end && i - value.begin < kShown; ++i) {
      const auto& span = evaluator_.at(i);
      const auto& part = evaluator_.article().parts()[span.part];
      out.append(i == value.begin ? " " : ", ").append(to_string(part.field)).append(" ");
      out.append(std::to_string(span.start)).append("-").append(std::to_string(span.stop));
      out.append(" \"");
      const auto text = part.text.substr(span.start, span.stop - span.start);
      for (const char c : text::cut_utf8(text, kShownBytes)) out += c == '\n' ? ' ' : c;
      out += text.size() > kShownBytes ? "…\"" : "\"";
    }
    const auto count = value.end - value.begin;
    if (count > kShown) out += " and " + std::to_string(count - kShown) + " more";
    return out;
  }

  const Program& program_;
  Evaluator& evaluator_;
  detail::NearMiss near_miss_;
  std::string out_;
};

std::string listed(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) out += (out.empty() ? "" : ", ") + name + "=" + value;
  return out.empty() ? "none" : out;
}

/// One line for each setting of the watch that shuts the item out.
std::string shut_out(const detail::WatchFilter& filter, const Item& item,
                     const ItemContext& context) {
  std::string out;
  if (!detail::comes_from(filter, context))
    out += "false  feeds: " + listed(filter.feeds) + " (the feed's labels: " +
           listed(context.labels == nullptr ? Labels{} : *context.labels) + ")\n";
  if (!detail::speaks_one_of(filter, item)) {
    std::string languages;
    for (const auto& one : filter.languages) languages += (languages.empty() ? "" : ", ") + one;
    out += "false  languages: " + languages + " (the item is in " + item.language + ")\n";
  }
  if (!detail::is_young(filter, item, context))
    out += "false  max_age: " + format_duration(std::chrono::milliseconds(filter.max_age_ms)) +
           " (the item is " + format_duration(context.now - *item.published) + " old)\n";
  return out;
}

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
  const auto closed = found->filter == 0
                          ? std::string()
                          : shut_out(program.filters[found->filter - 1], item, context);
  const bool holds = closed.empty() && state.evaluator.evaluate(found->root).holds;
  return std::string(watch) + (holds ? ": matches\n" : ": does not match\n") + closed +
         Explainer(program, state.evaluator).tree(found->root);
}

}  // namespace tocsin::rules
