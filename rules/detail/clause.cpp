// SPDX-License-Identifier: MIT
#include "rules/detail/clause.hpp"

#include <array>
#include <utility>

#include "base/time_format.hpp"
#include "rules/detail/fields.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

std::string in_functions(std::string text, Forms forms) {
  constexpr std::array<std::pair<Forms, std::string_view>, 5> kFunctions = {
      {{kAllCaps, "ALLCAPS"},
       {kNoCaps, "NOCAPS"},
       {kStem, "STEM"},
       {kKeepCase, "CASE"},
       {kKeepMarks, "ACCENT"}}};
  if ((forms & kExact) != 0) {
    text = "EXACT(" + text + ")";
    forms = static_cast<Forms>(forms & ~(kKeepCase | kKeepMarks));
  }
  for (const auto& [form, name] : kFunctions)
    if ((forms & form) != 0) text = std::string(name) + "(" + text + ")";
  return text;
}

std::string field_prefix(Scope scope) {
  const auto name = name_of_field(scope);
  return scope == kText || name.empty() ? std::string() : std::string(name) + ":";
}

std::string leaf(const Program& program, const Code& code) {
  std::string text(program.text(code.term, code.term_length));
  const bool phrase = code.kind == Kind::words || code.kind == Kind::value;
  if (phrase && text.find(' ') != std::string::npos) text = "\"" + text + "\"";
  if (code.scope == kLabel)
    return "label." + program.values[code.first].label + ":" + std::move(text);
  return field_prefix(code.scope) + in_functions(std::move(text), code.forms);
}

std::string comparison(const Comparison& test) {
  static constexpr std::array<std::string_view, 5> kOps = {"<", "<=", "=", ">=", ">"};
  const std::string op(kOps.at(static_cast<std::size_t>(test.op)));
  switch (test.what) {
    case Comparison::What::words: return "words" + op + std::to_string(test.value);
    case Comparison::What::age:
      return "age" + op + format_duration(std::chrono::milliseconds(test.value));
    case Comparison::What::date: break;
  }
  const Timestamp day(std::chrono::days(test.value));
  return "date" + op + format_rfc3339(day).substr(0, 10);
}

}  // namespace

std::string clause_title(const Program& program, const Code& code) {
  const auto n = std::to_string(code.n);
  switch (code.kind) {
    case Kind::words:
    case Kind::regex:
    case Kind::entity:
    case Kind::value: return leaf(program, code);
    case Kind::comparison: return comparison(program.comparisons[code.first]);
    case Kind::any_of: return "any of";
    case Kind::all_of: return "all of";
    case Kind::negation: return "NOT";
    case Kind::near: return "NEAR/" + n;
    case Kind::near_ordered: return "ONEAR/" + n;
    case Kind::not_near: return "NOT NEAR/" + n;
    case Kind::sentence: return "SENTENCE";
    case Kind::paragraph: return "PARA";
    case Kind::except: return "EXCEPT";
    case Kind::at_least: return "ATLEAST/" + n;
    case Kind::first: return "FIRST/" + n;
    case Kind::some_of: return n + " OF";
  }
  return {};
}

std::string clause_label(const Program& program, std::uint32_t at) {
  const auto& code = program.codes[at];
  switch (code.kind) {
    case Kind::any_of:
      return clause_label(program, code.first) + (code.count > 1 ? " or its alternatives" : "");
    case Kind::except:
    case Kind::not_near:
    case Kind::first: return clause_label(program, code.first);
    case Kind::near:
    case Kind::near_ordered:
    case Kind::sentence:
    case Kind::paragraph:
      return clause_label(program, code.first) + " " + clause_title(program, code) + " " +
             clause_label(program, code.first + 1);
    default: return clause_title(program, code);
  }
}

}  // namespace tocsin::rules::detail
