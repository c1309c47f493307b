// SPDX-License-Identifier: MIT
#include "config/detail/check.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "base/spelling.hpp"
#include "config/detail/check_scalar.hpp"
#include "config/detail/hints.hpp"
#include "config/detail/misplaced.hpp"
#include "config/detail/traps.hpp"

namespace tocsin::config::detail {
namespace {

class Checker {
 public:
  Checker(Variables variables, Findings& findings) : variables_(variables), findings_(findings) {}

  void object(Node& node, const Object& schema) {
    if (node.damaged) return;
    if (!schema.shorthand.empty() && !node.is_mapping() && !node.is_null()) {
      const Key& key = *schema.find(schema.shorthand);
      if (node.is_scalar() || key.shape.container != Container::one) {
        value(node, key, false);
        return;
      }
    }
    if (!node.is_mapping()) {
      report_kind(node, subject(schema) + " is a mapping of keys and values", schema);
      return;
    }
    const auto meant = keys(node, schema);
    required(node, schema, meant);
  }

 private:
  /// How messages call a mapping: "a watch", but "'fetch'" for what there is only one of.
  static std::string subject(const Object& schema) {
    static constexpr std::array<std::string_view, 8> kThings = {
        "feed", "entity", "watch", "test", "route", "inhibit rule", "time interval", "receiver"};
    const auto name = std::string(schema.name);
    if (&schema == &kFileSchema) return "the configuration";
    if (std::find(kThings.begin(), kThings.end(), name) == kThings.end()) return "'" + name + "'";
    return (std::string_view("aeiou").find(name.front()) != std::string_view::npos ? "an " : "a ") +
           name;
  }

  void report_kind(Node& node, const std::string& wanted, const Object& schema) {
    if (node.is_null()) {
      report_null(node, schema.name);
      return;
    }
    findings_.error(node, wanted + ", and this is " + std::string(kind_name(node)),
                    instead_of_mapping(node, schema));
  }

  /// Keys that unknown ones were probably meant to be: they do not count as missing too.
  using Meant = std::vector<std::string_view>;

  Meant keys(Node& node, const Object& schema) {
    Meant meant;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      Node& key_node = *node.children[i];
      if (!key_node.is_scalar() || key_node.is_null() || key_node.text == "<<") continue;
      const Key* key = schema.find(key_node.text);
      if (key == nullptr)
        meant.push_back(report_unknown(key_node, schema));
      else
        value(*node.children[i + 1], *key, key_node.text != key->name);
    }
    return meant;
  }

  std::string_view report_unknown(const Node& key, const Object& schema) {
    Meant names;
    std::string all = "known keys: ";
    for (const auto& known : schema.keys) {
      all.append(names.empty() ? "" : ", ").append(known.name);
      names.push_back(known.name);
    }
    if (key.text.ends_with("_file")) {
      for (const auto& known : schema.keys)
        if (known.shape.is_secret) files_.insert(std::string(known.name) + "_file");
      names.insert(names.end(), files_.begin(), files_.end());
    }
    if (auto place = where_it_belongs(key.text, schema); !place.empty()) all = std::move(place);
    auto hint = typing_slip(key.text);
    auto meant = closest(key.text, names);
    if (const auto* twin = schema.find(latin_twin(key.text)); twin != nullptr) {
      meant = twin->name;
      hint = "a letter in it is of another script; write " + std::string(meant);
    } else if (const auto other = synonym(key.text, schema); !other.empty() && hint.empty()) {
      meant = other;
      hint = "did you mean '" + std::string(meant) + "'?";
    }
    if (hint.empty()) hint = did_you_mean(key.text, names, std::move(all));
    findings_.error(key, "unknown key " + in_quotes(key.text) + " in " + subject(schema), hint);
    return meant;
  }

  /// What went wrong when a key holds what no key does; "" when it is just an unknown word.
  static std::string typing_slip(std::string_view key) {
    if (const auto name = invisible_character(key); !name.empty())
      return std::string(name) + " hides in it; write a plain blank";
    const auto colon = key.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    return "a blank is missing after the colon: write " + std::string(key.substr(0, colon)) + ": " +
           std::string(key.substr(colon + 1));
  }

  void required(const Node& node, const Object& schema, const Meant& meant) {
    if (node.find_key("<<") != nullptr) return;  // reported; the keys may come from there
    const auto missing = [&](std::string_view name) {
      return node.find_key(name) == nullptr &&
             std::find(meant.begin(), meant.end(), name) == meant.end();
    };
    for (const auto& key : schema.keys) {
      report_both_forms(node, key);
      if (key.need == Need::required && missing(key.name))
        findings_.error(node, subject(schema) + " needs the key '" + std::string(key.name) + "'",
                        "add " + std::string(key.name) + ": ...");
    }
    const auto& any = schema.one_of;
    if (!any.empty() && std::all_of(any.begin(), any.end(), missing)) report_none_of(node, schema);
    if (schema.only_one) report_second_of(node, schema);
  }

  void report_both_forms(const Node& node, const Key& key) {
    if (!key.shape.is_secret) return;
    const std::string in_file = std::string(key.name) + "_file";
    const Node* second = node.find_key(in_file);
    if (second != nullptr && node.find_key(key.name) != nullptr)
      findings_.error(*second,
                      "both '" + std::string(key.name) + "' and '" + in_file + "' are given",
                      "keep one of the two");
  }

  void report_none_of(const Node& node, const Object& schema) {
    std::string names;
    for (std::size_t i = 0; i < schema.one_of.size(); ++i)
      names.append(i == 0                          ? ""
                   : i + 1 == schema.one_of.size() ? " or "
                                                   : ", ")
          .append(schema.one_of[i]);
    findings_.error(node, subject(schema) + " needs one of the keys " + names,
                    "add one of them, for example " + std::string(schema.one_of.front()) + ": ...");
  }

  void report_second_of(const Node& node, const Object& schema) {
    std::string_view first;
    for (const auto name : schema.one_of) {
      const Node* key = node.find_key(name);
      if (key == nullptr || name.ends_with("_file")) continue;
      if (!first.empty())
        findings_.error(*key,
                        "'" + std::string(first) + "' and '" + std::string(name) +
                            "' cannot stand together in " + subject(schema),
                        "keep one, or write two entries");
      first = name;
    }
  }

  /// `in_file`: the key is a secret's `_file` form, whose value is a path.
  void value(Node& node, const Key& key, bool in_file) {
    if (node.damaged) return;
    if (in_file) {
      static constexpr Key kPath{"", one(Type::path), ""};
      scalar(node, kPath);
      return;
    }
    if (node.is_null()) {
      report_null(node, key.name);
      return;
    }
    switch (key.shape.container) {
      case Container::one: element(node, key); break;
      case Container::list: items(node, key); break;
      case Container::one_or_list:
        if (node.is_list())
          items(node, key);
        else
          element(node, key);
        break;
      case Container::dictionary:
      case Container::dictionary_of_lists: entries(node, key); break;
    }
  }

  void element(Node& node, const Key& key) {
    if (key.shape.type == Type::object)
      object(node, *key.shape.object_of);
    else
      scalar(node, key);
  }

  void items(Node& node, const Key& key) {
    if (!node.is_list()) {
      findings_.error(
          node,
          "'" + std::string(key.name) + "' is a list, and this is " + std::string(kind_name(node)),
          instead_of_list(node, key));
      return;
    }
    if (node.children.empty() && key.need == Need::required)
      findings_.error(node, "'" + std::string(key.name) + "' is empty", "write at least one entry");
    for (Node* child : node.children) {
      if (child->damaged) continue;
      if (child->is_null())
        report_null(*child, key.name, "an entry of ");
      else
        element(*child, key);
    }
  }

  void entries(Node& node, const Key& key) {
    if (!node.is_mapping()) {
      findings_.error(node,
                      "'" + std::string(key.name) +
                          "' is a mapping of names to values, and this is " +
                          std::string(kind_name(node)),
                      instead_of_entries(node, key));
      return;
    }
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      if (!node.children[i]->is_scalar() || node.children[i]->is_null()) continue;
      check_name(*node.children[i], findings_);
      Node& value = *node.children[i + 1];
      if (key.name == "headers") check_header(*node.children[i], value, findings_);
      if (key.name == "labels") check_label(*node.children[i], findings_);
      if (value.damaged) continue;
      if (value.is_null()) {
        report_null(value, node.children[i]->text);
      } else if (key.shape.container == Container::dictionary) {
        element(value, key);
      } else {
        items_of_entry(value, key);
      }
    }
  }

  void items_of_entry(Node& value, const Key& key) {
    if (value.is_list())
      items(value, key);
    else
      element(value, key);  // one stands for a list of one
  }

  void scalar(Node& node, const Key& key) {
    if (!node.is_scalar()) {
      const std::string what = key.name.empty() ? "this" : "'" + std::string(key.name) + "'";
      const bool colon = node.is_mapping() && key.shape.container != Container::one;
      findings_.error(node, what + " wants one value, and this is " + std::string(kind_name(node)),
                      colon || node.is_mapping() ? "text that holds ': ' or braces needs quotes"
                                                 : "write one value, without [ ] or '-'");
      return;
    }
    check_scalar(node, key, variables_, findings_);
  }

  /// Says why a value came out empty: a comment or an anchor may have swallowed it.
  void report_null(const Node& node, std::string_view key, std::string what = {}) {
    const auto line = node.source->line(node.start.line);
    const auto rest = line.substr(byte_of_character(line, node.start.column - 1));
    const auto first = rest.find_first_not_of(' ');
    std::string hint = "write a value, or remove the key";
    if (first != std::string_view::npos && rest[first] == '#') {
      const auto end = rest.find_last_not_of(' ');
      hint = "what follows '#' is a comment; if it is meant, write it in quotes: \"" +
             std::string(rest.substr(first, end + 1 - first)) + "\"";
    } else if (first != std::string_view::npos && rest[first] == '&') {
      hint = "text that begins with '&' is read as an anchor; write it in quotes";
    } else if (!node.text.empty()) {
      hint = "'" + node.text + "' means nothing; write a value, or quotes around the word";
    }
    findings_.error(node, what.append(in_quotes(key)) + " has no value", hint);
  }

  Variables variables_;
  Findings& findings_;
  std::set<std::string, std::less<>> files_;  ///< `<secret>_file` names that were suggested from
};

}  // namespace

void check(Node& node, const Object& schema, Variables variables, Findings& findings) {
  Checker(variables, findings).object(node, schema);
}

}  // namespace tocsin::config::detail
