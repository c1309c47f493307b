// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "base/spelling.hpp"
#include "rules/detail/comparison.hpp"
#include "rules/detail/reader.hpp"
#include "rules/detail/regex.hpp"

namespace tocsin::rules::detail {
namespace {

using NodeKind = Node::Kind;

constexpr std::array<std::pair<std::string_view, Scope>, 11> kFields = {{{"title", kTitle},
                                                                         {"summary", kSummary},
                                                                         {"body", kBody},
                                                                         {"lead", kLead},
                                                                         {"text", kText},
                                                                         {"author", kAuthor},
                                                                         {"tag", kTag},
                                                                         {"url", kUrl},
                                                                         {"site", kSite},
                                                                         {"feed", kFeed},
                                                                         {"lang", kLang}}};

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
    default: break;
  }
  if (!report_.clean()) return {};
  const auto& found = peek();
  if (found.kind == Kind::end)
    report_.error(at_ > 0 ? lexemes_[at_ - 1].offset : found.offset,
                  at_ > 0 ? lexemes_[at_ - 1].length : 1,
                  "the query ends where a word should follow",
                  "write what comes after, or remove the operator");
  else
    report_.error(
        found.offset, found.length, "a word should stand here",
        found.kind == Kind::proximity || found.kind == Kind::and_ || found.kind == Kind::or_
            ? "operators stand between two words; a word like this goes in quotes"
            : "write a word, a \"phrase\" or a bracket");
  return {};
}

Node Reader::read_brackets(const Setting& setting) {
  const auto opened = take();
  if (!deeper(opened)) return {};
  if (peek().kind == Kind::close) {
    report_.error(opened.offset, peek().offset + 1 - opened.offset, "the brackets are empty",
                  "write something inside");
    return {};
  }
  auto node = read_or(setting);
  close(opened);
  node.bracketed = true;
  return finish(std::move(node), opened.offset);
}

Node Reader::read_function(const Setting& setting) {
  const auto function = take();
  const auto end = std::find(kFunctions.begin(), kFunctions.end(), function.text);
  if (end == kFunctions.end()) {
    report_.error(function.offset, function.length, "there is no function " + function.text,
                  did_you_mean(std::string_view(function.text).substr(0, function.text.find('/')),
                               kFunctions, "",
                               "functions are CASE, ALLCAPS, NOCAPS, ACCENT, EXACT, STEM, NAME, "
                               "ATLEAST/n and FIRST/n; or put a blank and an operator before ("));
    return {};
  }
  const bool counted = function.text == "ATLEAST" || function.text == "FIRST";
  if (counted && (!function.has_n || function.n == 0 || function.n > 1'000'000)) {
    report_.error(function.offset, function.length, function.text + " needs a number of 1 or more",
                  "write " + function.text + "/3(…)");
    return {};
  }
  if (peek().kind != Kind::open) {
    report_.error(function.offset, function.length, function.text + " needs brackets",
                  "write " + function.text + (counted ? "/3" : "") + "(…)");
    return {};
  }
  if (function.text == "NAME") return read_name(function, setting);
  auto inner = setting;
  inner.forms = static_cast<Forms>(inner.forms | forms_of(function.text));
  auto node = read_brackets(inner);
  if (!counted || !report_.clean()) return finish(std::move(node), function.offset);
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
  take();
  const auto name = take();
  const bool good = (name.kind == Kind::phrase || name.kind == Kind::term) && !name.text.empty();
  if (!good || peek().kind != Kind::close) {
    report_.error(function.offset, function.length, "NAME takes one name in quotes",
                  "write NAME(\"Ali Khamenei\")");
    return {};
  }
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
    report_.error(head.offset, head.length, "OF needs a list in brackets", "write 2 OF (a, b, c)");
    return {};
  }
  const auto opened = take();
  if (!deeper(opened)) return {};
  Node node;
  node.kind = NodeKind::some_of;
  node.n = head.n;
  node.children.push_back(read_or(setting));
  while (report_.clean() && peek().kind == Kind::comma) {
    take();
    node.children.push_back(read_or(setting));
  }
  close(opened);
  if (report_.clean() && (node.n == 0 || node.n > node.children.size()))
    report_.error(head.offset, head.length,
                  std::to_string(head.n) + " of " + std::to_string(node.children.size()) +
                      " alternatives can never be",
                  "write a number from 1 to " + std::to_string(node.children.size()));
  return finish(std::move(node), head.offset);
}

Node Reader::read_field(const Setting& setting) {
  const auto field = take();
  auto inner = setting;
  const auto known = std::find_if(kFields.begin(), kFields.end(),
                                  [&](const auto& f) { return f.first == field.text; });
  if (known != kFields.end()) {
    inner.scope = known->second;
  } else if (field.text.starts_with("label.") && field.text.size() > 6) {
    inner.scope = kLabel;
    inner.key = field.text.substr(6);
  } else {
    std::array<std::string_view, kFields.size() + 1> names{};
    for (std::size_t i = 0; i < kFields.size(); ++i) names[i] = kFields[i].first;
    names.back() = "label";
    report_.error(
        field.offset, field.length - 1, "there is no field '" + field.text + "'",
        did_you_mean(field.text, names, "",
                     "fields are title, summary, body, lead, text, author, tag, url, "
                     "site, feed, lang and label.KEY; a phrase with a colon goes in quotes"));
    return {};
  }
  if (setting.scoped)
    report_.error(field.offset, field.length, "a field inside another field",
                  "name one field for each bracket");
  inner.scoped = true;
  return finish(read_primary(inner), field.offset);
}

Node Reader::read_entity(const Setting& setting) {
  const auto name = take();
  const auto target = names_.find(name.text);
  if (target.entity == nullptr && target.list == nullptr) {
    report_.error(name.offset, name.length, "there is no entity or list '" + name.text + "'",
                  did_you_mean(name.text, names_.keys, "@",
                               "add it to entities: or lists:, or put the word in quotes"));
    return {};
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

Node Reader::read_term(const Setting& setting) {
  const auto lexeme = take();
  if (lexeme.kind == Kind::term) {
    for (const auto* op : {"and", "or", "not", "near"})
      if (lexeme.text == op && !starts_primary())
        report_.warn(lexeme.offset, lexeme.length,
                     "'" + lexeme.text + "' in small letters is a word, not an operator",
                     "operators are written in capitals");
  }
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
  else if (!has_literal(lexeme.text, node.leaf.case_sensitive))
    report_.warn(
        lexeme.offset, lexeme.length,
        "the regex holds no text of 3 characters that every match has, so it runs on every "
        "article",
        "add a word to it, or join it with AND");
  if (has_foreign_border(lexeme.text))
    report_.warn(
        lexeme.offset, lexeme.length,
        "\\b knows the letters a to z only, so it is not where these words begin and end",
        "write a word or a \"phrase\" without slashes, or [^\\pL] for what may stand beside");
  if ((setting.scope & kBeside) != 0 && (setting.scope & (kText | kLead)) == 0)
    node.kind = NodeKind::value;
  return finish(std::move(node), lexeme.offset);
}

Node Reader::read_comparison() {
  const auto lexeme = take();
  Node node;
  node.kind = NodeKind::comparison;
  auto read = read_comparison_text(lexeme.text);
  if (read)
    node.comparison = *read;
  else
    report_.error(lexeme.offset, lexeme.length, read.error().message,
                  "comparisons are words>400, age<24h and date>=2018-09-01");
  return finish(std::move(node), lexeme.offset);
}

}  // namespace tocsin::rules::detail
