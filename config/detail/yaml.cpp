// SPDX-License-Identifier: MIT
#include "config/detail/yaml.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include <yaml.h>

#include "config/detail/yaml_errors.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::uint32_t kMaxAliased = 200'000;  // nodes that aliases may stand for, in all

Mark mark_of(const yaml_mark_t& mark) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

/// An event of libyaml, freed when it goes.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
  yaml_event_t raw{};
};

/// libyaml's parser, set up over a text that outlives it.
class Parser {
 public:
  explicit Parser(const std::string& text) {
    if (yaml_parser_initialize(&raw) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&raw, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&raw, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { yaml_parser_delete(&raw); }
  yaml_parser_t raw{};
};

/// Turns events into nodes.
class Builder {
 public:
  Builder(const Source& source, Tree& tree, Findings& findings)
      : source_(source), tree_(tree), findings_(findings) {}

  Node* run() {
    Parser parser(source_.text());
    for (;;) {
      Event event;
      if (yaml_parser_parse(&parser.raw, &event.raw) == 0) {
        const auto problem = explain_syntax_error(parser.raw, source_);
        findings_.error_at(source_, problem.at, problem.length, problem.message, problem.hint);
        return nullptr;
      }
      if (event.raw.type == YAML_STREAM_END_EVENT || !take(event.raw)) break;
    }
    return failed_ ? nullptr : root_;
  }

 private:
  /// False when reading cannot go on.
  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT: return start_document(event);
      case YAML_SCALAR_EVENT: return attach(*scalar(event));
      case YAML_SEQUENCE_START_EVENT:
        return open(*collection(event, Node::Kind::list, event.data.sequence_start.anchor,
                                event.data.sequence_start.tag));
      case YAML_MAPPING_START_EVENT:
        return open(*collection(event, Node::Kind::mapping, event.data.mapping_start.anchor,
                                event.data.mapping_start.tag));
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(event); return true;
      case YAML_ALIAS_EVENT: return alias(event);
      default: return true;
    }
  }

  bool start_document(const yaml_event_t& event) {
    if (++documents_ == 1) return true;
    findings_.error_at(source_, mark_of(event.start_mark), 3, "a second document begins here",
                       "keep one document a file: remove the line '---'");
    return false;
  }

  Node* make(const yaml_event_t& event) {
    auto& node = tree_.add();
    node.source = &source_;
    node.start = mark_of(event.start_mark);
    node.end = mark_of(event.end_mark);
    return &node;
  }

  Node* scalar(const yaml_event_t& event) {
    const auto& raw = event.data.scalar;
    Node* node = make(event);
    node->open = false;
    node->text.assign(reinterpret_cast<const char*>(raw.value), raw.length);
    switch (raw.style) {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: node->style = Node::Style::single_quoted; break;
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: node->style = Node::Style::double_quoted; break;
      case YAML_LITERAL_SCALAR_STYLE: node->style = Node::Style::literal; break;
      case YAML_FOLDED_SCALAR_STYLE: node->style = Node::Style::folded; break;
      default: break;
    }
    anchor(raw.anchor, *node);
    if (raw.tag != nullptr) report_tag(text_of(raw.tag), *node);
    if (node->style == Node::Style::double_quoted) check_controls(*node);
    return node;
  }

  Node* collection(const yaml_event_t& event, Node::Kind kind, const yaml_char_t* anchor_name,
                   const yaml_char_t* tag) {
    Node* node = make(event);
    node->kind = kind;
    anchor(anchor_name, *node);
    if (tag != nullptr) report_tag(text_of(tag), *node);
    return node;
  }

  void anchor(const yaml_char_t* name, Node& node) {
    if (name == nullptr) return;
    const auto [known, fresh] = anchors_.emplace(text_of(name), &node);
    if (fresh) return;
    findings_.error_at(source_, node.start, static_cast<std::uint32_t>(1 + known->first.size()),
                       "the anchor '&" + known->first + "' stands here a second time",
                       "it stands first in line " + std::to_string(known->second->start.line) +
                           "; give one of them another name");
  }

  void report_tag(std::string_view tag, Node& node) {
    if (tag.starts_with("tag:yaml.org,2002:"))
      tag = tag.substr(std::string_view("tag:yaml.org,2002:").size());
    const bool lost = node.is_scalar() && node.text.empty() && tag.starts_with('!');
    findings_.error(node,
                    lost ? in_quotes(tag) + " is read as a YAML tag, which leaves the value empty"
                         : "YAML tags such as " + in_quotes(tag) + " are not used here",
                    lost ? "write it in quotes: \"" + std::string(tag) + "\""
                         : "remove the tag; text that begins with ! needs quotes");
    node.damaged = true;
  }

  void check_controls(Node& node) {
    const auto bad = std::find_if(node.text.begin(), node.text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
    });
    if (bad == node.text.end()) return;
    const bool backspace = *bad == '\b';
    findings_.error(node,
                    backspace ? "\"\\b\" in double quotes is a backspace character"
                              : "an escape in these double quotes makes a control character",
                    "write it in single quotes, where a backslash is itself: '\\bword\\b'");
    node.damaged = true;
  }

  bool open(Node& node) {
    if (!attach(node)) return false;
    if (stack_.size() < kMaxDepth) {
      stack_.push_back(&node);
      return true;
    }
    findings_.error(node, "nested deeper than " + std::to_string(kMaxDepth) + " levels",
                    "close the brackets before");
    failed_ = true;
    return false;
  }

  void close(const yaml_event_t& event) {
    Node* node = stack_.back();
    stack_.pop_back();
    node->open = false;
    node->end = mark_of(event.end_mark);
    if (node->is_mapping()) check_keys(*node);
    add_weight(*node);
  }

  /// Counts a finished child in its parent.
  void add_weight(const Node& child) {
    if (stack_.empty()) return;
    auto& weight = stack_.back()->weight;
    weight = std::min(weight + child.weight, 1U << 30U);
  }

  bool alias(const yaml_event_t& event) {
    const auto name = text_of(event.data.alias.anchor);
    const auto found = anchors_.find(std::string(name));
    const auto length = static_cast<std::uint32_t>(count_characters(name) + 1);
    if (found == anchors_.end()) {
      findings_.error_at(source_, mark_of(event.start_mark), length,
                         "'*" + std::string(name) + "' is read as a YAML alias, and no anchor '&" +
                             std::string(name) + "' stands before it",
                         "text that begins with * needs quotes: \"*" + std::string(name) + "\"");
    } else if (found->second->open) {
      findings_.error_at(source_, mark_of(event.start_mark), length,
                         "the alias '*" + std::string(name) + "' stands inside its own anchor",
                         "an anchor that holds itself has no end; write the value out");
    } else {
      aliased_ = std::min(aliased_ + found->second->weight, 1U << 30U);
      found->second->aliased = true;
      if (aliased_ <= kMaxAliased) return attach(*found->second);
      findings_.error_at(
          source_, mark_of(event.start_mark), length,
          "the aliases of this file stand for more than " + std::to_string(kMaxAliased) + " values",
          "write the values out");
      failed_ = true;
      return false;
    }
    Node* nothing = make(event);
    nothing->open = false;
    nothing->damaged = true;
    return attach(*nothing);
  }

  bool attach(Node& node) {
    if (stack_.empty()) {
      if (root_ == nullptr) root_ = &node;
      return true;
    }
    stack_.back()->children.push_back(&node);
    if (!node.open) add_weight(node);
    return true;
  }

  void check_keys(Node& mapping) {
    if (mapping.children.size() <= 32)
      check_few_keys(mapping);
    else
      check_many_keys(mapping);
    for (std::size_t i = 0; i + 1 < mapping.children.size(); i += 2)
      check_key(*mapping.children[i]);
  }

  void check_key(const Node& key) {
    if (!key.is_scalar()) {
      findings_.error(key, "a key must be text, not " + std::string(kind_name(key)),
                      "write 'key: value'; braces that belong to a text need quotes");
    } else if (key.is_plain() && key.text == "<<") {
      findings_.error(key, "merge keys ('<<') are not used here",
                      "write the keys out; many readers ignore '<<' in silence");
    } else if (key.is_null() && !key.damaged) {
      findings_.error(key, "a key is empty", "write 'key: value'");
    }
  }

  void report_duplicate(const Node& key, const Node& first) {
    findings_.error(
        key, "the key " + in_quotes(key.text) + " stands here a second time",
        "it stands first in line " + std::to_string(first.start.line) + "; keep one of the two");
  }

  void check_few_keys(const Node& mapping) {
    const auto& all = mapping.children;
    for (std::size_t i = 2; i < all.size(); i += 2)
      for (std::size_t j = 0; j < i; j += 2)
        if (all[i]->is_scalar() && all[j]->is_scalar() && all[i]->text == all[j]->text) {
          report_duplicate(*all[i], *all[j]);
          break;
        }
  }

  void check_many_keys(const Node& mapping) {
    std::unordered_map<std::string_view, const Node*> seen;
    for (std::size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
      const Node* key = mapping.children[i];
      if (!key->is_scalar()) continue;
      const auto [first, fresh] = seen.emplace(key->text, key);
      if (!fresh) report_duplicate(*key, *first->second);
    }
  }

  const Source& source_;
  Tree& tree_;
  Findings& findings_;
  Node* root_ = nullptr;
  std::vector<Node*> stack_;  ///< collections that are open, outermost first
  std::map<std::string, Node*, std::less<>> anchors_;
  std::uint32_t aliased_ = 0;
  int documents_ = 0;
  bool failed_ = false;
};

}  // namespace

Node* read_yaml(const Source& source, Tree& tree, Findings& findings) {
  return Builder(source, tree, findings).run();
}

}  // namespace tocsin::config::detail
