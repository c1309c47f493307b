// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "base/spelling.hpp"
#include "rules/detail/comparison.hpp"
#include "rules/detail/fields.hpp"
#include "rules/detail/pattern.hpp"
#include "rules/detail/reader.hpp"
#include "rules/detail/regex.hpp"
#include "rules/detail/slips.hpp"

namespace tocsin::rules::detail {
namespace {

using NodeKind = Node::Kind;

constexpr std::array<std::string_view, 9> kFunctions = {
    "CASE", "ALLCAPS", "NOCAPS", "ACCENT", "EXACT", "STEM", "NAME", "ATLEAST", "FIRST"};

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names,
                         std::string_view before, std::string otherwise) {
  const auto close = closest(word, names);
  if (close.empty()) return otherwise;
  return "did you mean " + std::string(before) + std::string(close) + "?";
}

Forms forms_of(std::string_view function) {
  if (function == "CASE") return kKeepCase;
  if (function == "ACCENT") return kKeepMarks;
  if (function == "EXACT") return kKeepCase | kKeepMarks | kExact;
  if (function == "ALLCAPS") return kAllCaps;
  if (function == "NOCAPS") return kNoCaps;
  if (function == "STEM") return kStem;
  return 0;
}

}  // namespace

std::string_view function_meant(std::string_view word) {
  std::string capitals(word.substr(0, word.find('/')));
  for (auto& c : capitals)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto* const known = std::find(kFunctions.begin(), kFunctions.end(), capitals);
  return known == kFunctions.end() ? std::string_view{} : *known;
}

Node Reader::read_primary(const Setting& setting) {
  switch (peek().kind) {
    case Kind::open: return read_brackets(setting);
    case Kind::function: return read_function(setting);
    case Kind::of: return read_some_of(setting);
    case Kind::field: return read_field(setting);
    case Kind::entity: return read_entity(setting);
    case Kind::term:
    case Kind::phrase: return read_term(setting);
    case Kind::regex: return read_regex(setting);
    case Kind::comparison: return read_comparison();
    default: missing_word(); return finish({}, peek().offset);
  }
}

void Reader::missing_word() {
  if (depth_ > kMaxDepth) return;  // all is said
  const auto& found = peek();
  if (found.kind == Kind::end)
    return fail(at_ > 0 ? lexemes_[at_ - 1] : found, "the query ends where a word should follow",
                "write what comes after, or remove the operator");
  if (found.kind == Kind::proximity)
    return fail(found, "a word should stand here",
                "write a " + std::string(source(found)) +
                    " b; an operator that is meant as a word goes in quotes");
  const bool op = found.kind == Kind::and_ || found.kind == Kind::or_;
  fail(found, "a word should stand here",
       op ? "operators stand between two words; a word like this goes in quotes"
          : "write a word, a \"phrase\" or a bracket");
}

void Reader::stray_commas(const Setting& setting) {
  if (peek().kind != Kind::comma) return;
  fail(peek(), "a comma stands only in k OF (a, b, c)", "write OR, or AND");
  while (peek().kind == Kind::comma) {
    take();
    if (starts_primary()) read_or(setting);
  }
}

Node Reader::read_brackets(const Setting& setting) {
  const auto opened = take();
  if (!deeper(opened)) return {};
  if (peek().kind == Kind::close) {
    report_.error(opened.offset, peek().offset + 1 - opened.offset, "the brackets are empty",
                  "write something inside");
    close(opened);
    return finish({}, opened.offset);
  }
  auto node = read_or(setting);
  stray_commas(setting);
  close(opened);
  node.bracketed = true;
  return finish(std::move(node), opened.offset);
}

Node Reader::unknown_function(const Lexeme& function, const Setting& setting) {
  const auto name = std::string_view(function.text).substr(0, function.text.find('/'));
  const auto number = name.find_first_of("0123456789");
  const auto without = name.substr(0, number);  // ATLEAST3
  const auto known = function_meant(without);
  fail(function, "there is no function " + function.text,
       !known.empty() && number != std::string_view::npos
           ? "write " + std::string(known) + "/" + std::string(name.substr(number)) + "(…)"
           : did_you_mean(name, kFunctions, "",
                          "functions are CASE, ALLCAPS, NOCAPS, ACCENT, EXACT, STEM, NAME, "
                          "ATLEAST/n and FIRST/n; or put a blank and an operator before ("));
  return read_brackets(setting);
}

Node Reader::read_function(const Setting& setting) {
  const auto function = take();
  if (std::find(kFunctions.begin(), kFunctions.end(), function.text) == kFunctions.end())
    return unknown_function(function, setting);
  const bool counted = function.text == "ATLEAST" || function.text == "FIRST";
  if (counted && (!function.has_n || function.n == 0 || function.n > 1'000'000))
    fail(function, function.text + " needs a number of 1 or more",
         "write " + function.text + "/3(…)");
  if (peek().kind != Kind::open) {
    fail(function, function.text + " needs brackets",
         "write " + function.text + (counted ? "/3" : "") + "(…)");
    return starts_primary() ? read_primary(setting) : finish({}, function.offset);
  }
  if (function.text == "NAME") return read_name(function, setting);
  auto inner = setting;
  inner.forms = static_cast<Forms>(inner.forms | forms_of(function.text));
  auto node = read_brackets(inner);
  if (!counted) return finish(std::move(node), function.offset);
  if (function.text == "FIRST")
    return finish(within_first(std::move(node), function.n), function.offset);
  if (!has_spans(node))
    report_.error(node.offset, node.length, "ATLEAST counts places of words, not conditions",
                  "write ATLEAST/3(a OR b), or ATLEAST/3(a) AND ATLEAST/3(b)");
  Node out;
  out.kind = NodeKind::at_least;
  out.n = function.n;
  out.children.push_back(std::move(node));
  return finish(std::move(out), function.offset);
}

Node within_first(Node node, std::uint32_t n) {
  if (!has_spans(node)) {
    for (auto& child : node.children) child = within_first(std::move(child), n);
    return node;
  }
  Node out;
  out.kind = NodeKind::first;
  out.n = n;
  out.offset = node.offset;
  out.length = node.length;
  out.children.push_back(std::move(node));
  return out;
}

Node Reader::read_name(const Lexeme& function, const Setting& setting) {
  const auto opened = take();
  const auto name = peek();
  const bool good = (name.kind == Kind::phrase || name.kind == Kind::term) && !name.text.empty() &&
                    peek(1).kind == Kind::close;
  if (!good) {
    fail(function, "NAME takes one name in quotes", "write NAME(\"Ali Khamenei\")");
    while (peek().kind != Kind::close && peek().kind != Kind::end) take();
    if (peek().kind == Kind::close) take();
    return finish({}, opened.offset);
  }
  take();
  take();
  EntitySpec entity;
  entity.name.text = name.text;
  Node node;
  node.kind = NodeKind::entity;
  node.entity = static_cast<std::uint32_t>(into_.entities.size());
  node.leaf.scope = setting.scope;
  node.leaf.forms = setting.forms;
  into_.entities.push_back(std::move(entity));
  node = finish(std::move(node), function.offset);
  node.leaf.term = std::string(source(node));
  return node;
}

Node Reader::read_some_of(const Setting& setting) {
  const auto head = take();
  if (peek().kind != Kind::open) {
    fail(head, "OF needs a list in brackets", "write 2 OF (a, b, c)");
    return starts_primary() ? read_primary(setting) : finish({}, head.offset);
  }
  const auto opened = take();
  if (!deeper(opened)) return {};
  Node node;
  node.kind = NodeKind::some_of;
  node.n = head.n;
  node.children.push_back(read_or(setting));
  while (peek().kind == Kind::comma) {
    take();
    node.children.push_back(read_or(setting));
  }
  close(opened);
  if (node.n == 0 || node.n > node.children.size())
    fail(head,
         std::to_string(head.n) + " of " + std::to_string(node.children.size()) +
             " alternatives can never be",
         node.children.size() == 1
             ? "part the alternatives with commas: 2 OF (a, b, c)"
             : "write a number from 1 to " + std::to_string(node.children.size()));
  return finish(std::move(node), head.offset);
}

std::string Reader::field_hint(const Lexeme& field) {
  if (field.text == "label" || field.text == "label.") return "label needs a key: label.country:ir";
  if (field.text == "words" || field.text == "age" || field.text == "date")
    return "conditions are written words>400, age<24h and date>=2018-09-01";
  if (const auto meant = field_meant(field.text); !meant.empty())
    return "did you mean " + std::string(meant) + "?";
  std::array<std::string_view, kFields.size() + 1> names{};
  for (std::size_t i = 0; i < kFields.size(); ++i) names[i] = kFields[i].first;
  names.back() = "label";
  return did_you_mean(field.text, names, "",
                      "fields are title, summary, body, lead, text, author, tag, url, site, feed, "
                      "lang and label.KEY; a phrase with a colon goes in quotes");
}

Node Reader::read_field(const Setting& setting) {
  const auto field = take();
  auto inner = setting;
  inner.key.clear();
  if (field.text.starts_with("label.") && field.text.size() > 6) {
    inner.scope = kLabel;
    inner.key = field.text.substr(6);
  } else if (const auto scope = scope_of_field(field.text); scope != 0) {
    inner.scope = scope;
  } else {
    report_.error(field.offset, field.text.size(), "there is no field '" + field.text + "'",
                  field_hint(field));
  }
  if (setting.scoped)
    fail(field, "a field inside another field", "name one field for each bracket");
  inner.scoped = true;
  return finish(read_primary(inner), field.offset);
}

Node Reader::read_entity(const Setting& setting) {
  const auto name = take();
  const auto target = names_.find(name.text);
  if (target.entity == nullptr && target.list == nullptr) {
    fail(name, "there is no entity or list '" + name.text + "'",
         did_you_mean(name.text, names_.keys, "@",
                      "add it to entities: or lists:, or put the word in quotes"));
    return finish({}, name.offset);
  }
  Node node;
  if (target.list != nullptr) {
    node.kind = NodeKind::any_of;
    node.bracketed = true;
    for (const auto& term : target.list->terms) {
      std::vector<Finding> told_before;  // check_list has reported these
      Report quiet(term, {}, told_before);
      node.children.push_back(word_leaf(term.text, term.text, setting, 0, 1, quiet));
    }
    return finish(std::move(node), name.offset);
  }
  if ((setting.scope & kBeside) != 0 && (setting.scope & (kText | kLead)) == 0)
    report_.error(name.offset, name.length, "names are found in the text only",
                  "write the words that this field should hold");
  node.kind = NodeKind::entity;
  node.entity = static_cast<std::uint32_t>(into_.entities.size());
  node.leaf.key = name.text;
  node.leaf.term = "@" + name.text;
  node.leaf.scope = setting.scope;
  node.leaf.forms = setting.forms;
  into_.entities.push_back(*target.entity);
  return finish(std::move(node), name.offset);
}

/// What a term or a phrase would be taken for in silence.
void Reader::check_term(const Lexeme& lexeme) {
  if (lexeme.kind == Kind::phrase) {
    if (auto slip = slip_of_phrase(lexeme.text); !slip.message.empty())
      report_.warn(lexeme.offset, lexeme.length, std::move(slip.message), std::move(slip.hint));
    return;
  }
  if (auto slip = slip_of_term(lexeme.text); !slip.message.empty())
    return fail(lexeme, std::move(slip.message), std::move(slip.hint));
  for (const auto* op : {"and", "or", "not", "near"})
    if (lexeme.text == op && !starts_primary())
      report_.warn(lexeme.offset, lexeme.length,
                   "'" + lexeme.text + "' in small letters is a word, not an operator",
                   "operators are written in capitals");
}

Node Reader::read_term(const Setting& setting) {
  const auto lexeme = take();
  check_term(lexeme);
  if (auto slip = slip_of_value(name_of_field(setting.scope), lexeme.text); !slip.message.empty())
    report_.warn(lexeme.offset, lexeme.length, std::move(slip.message), std::move(slip.hint));
  return word_leaf(lexeme.text, lexeme.text, setting, lexeme.offset, lexeme.length, report_);
}

Node Reader::read_regex(const Setting& setting) {
  const auto lexeme = take();
  Node node;
  node.kind = NodeKind::regex;
  node.leaf.term = lexeme.text;
  node.leaf.scope = setting.scope;
  node.leaf.key = setting.key;
  node.leaf.case_sensitive = lexeme.n == 1;
  if (auto fault = regex_fault(lexeme.text); !fault.message.empty())
    report_.error(lexeme.offset, lexeme.length, std::move(fault.message), std::move(fault.hint));
  else if (asks_for_border(lexeme.text) && !Pattern(lexeme.text, false).knows_borders())
    report_.warn(
        lexeme.offset, lexeme.length,
        "\\b knows the letters a to z only beside \\C, classes of control characters, or ^ "
        "behind it",
        "leave them out, or write [^\\pL] for what may stand beside the word");
  if ((setting.scope & kBeside) == 0) return finish(std::move(node), lexeme.offset);
  auto beside = node;
  beside.kind = NodeKind::value;
  beside.leaf.scope = static_cast<Scope>(setting.scope & kBeside);
  node.leaf.scope = static_cast<Scope>(setting.scope & (kText | kLead));
  if (node.leaf.scope == 0) return finish(std::move(beside), lexeme.offset);
  Node either;
  either.kind = NodeKind::any_of;
  either.bracketed = true;
  either.children = {std::move(node), std::move(beside)};
  return finish(std::move(either), lexeme.offset);
}

Node Reader::read_comparison() {
  const auto lexeme = take();
  Node node;
  node.kind = NodeKind::comparison;
  auto read = read_comparison_text(lexeme.text);
  if (read) {
    node.comparison = *read;
  } else {
    const auto name = lexeme.text.substr(0, lexeme.text.find_first_of("<>="));
    const auto field = name.starts_with("label.") ? std::string_view(name) : field_meant(name);
    fail(lexeme, read.error().message,
         field.empty() ? "comparisons are words>400, age<24h and date>=2018-09-01"
                       : "write " + std::string(field) + ":…");
  }
  return finish(std::move(node), lexeme.offset);
}

}  // namespace tocsin::rules::detail
