// SPDX-License-Identifier: MIT
// One pass over the scanner's tokens with a stack of open elements. The full algorithm of the HTML
// standard (adoption agency, foster parenting, insertion modes) moves nodes about; here a node
// stays where it was met, which keeps the array in document order and is as good for reading.
#include "text/html_tree.hpp"

#include <algorithm>
#include <array>

#include "text/detail/html_elements.hpp"
#include "text/detail/html_scan.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"

namespace tocsin::text {
namespace {

using detail::HtmlScanner;
using detail::HtmlToken;

template <std::size_t Size>
bool one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kVoid = {
      "area",  "base", "br",   "col",   "embed",  "frame", "hr", "img",
      "input", "link", "meta", "param", "source", "track", "wbr"};
  return one_of(name, kVoid);
}

bool is_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kRaw = {"script", "style",   "textarea", "title",
                                                           "iframe", "noembed", "noframes", "xmp"};
  return one_of(name, kRaw);
}

/// What stands in a page's head; any other element ends it.
bool belongs_in_head(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kHead = {
      "meta", "link", "title", "script", "style", "base", "noscript", "template"};
  return one_of(name, kHead);
}

bool ends_paragraph(std::string_view name) {
  static constexpr std::array<std::string_view, 34> kEnders = {
      "address", "article", "aside", "blockquote", "center",     "details", "dialog", "dir",  "div",
      "dl",      "dd",      "dt",    "fieldset",   "figcaption", "figure",  "footer", "form", "h1",
      "h2",      "h3",      "h4",    "h5",         "h6",         "header",  "hgroup", "hr",   "li",
      "main",    "menu",    "nav",   "ol",         "p",          "pre",     "section"};
  return one_of(name, kEnders) || name == "table" || name == "ul";
}

/// An end tag or an implied end reaches no further out than to one of these.
bool is_wall(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kWalls = {
      "table", "td", "th", "caption", "object", "template", "#page"};
  return one_of(name, kWalls);
}

bool is_table_part(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kParts = {"table", "tbody", "thead", "tfoot",
                                                             "tr",    "td",    "th",    "caption"};
  return one_of(name, kParts);
}

/// A start tag of `name` ends an open `name_ended`, if nothing of `within` stands between.
struct Implied {
  std::string_view name;
  std::array<std::string_view, 3> ended;
  std::array<std::string_view, 3> within;
};
constexpr std::array<Implied, 9> kImplied = {{
    {"li", {"li"}, {"ul", "ol", "menu"}},
    {"dt", {"dt", "dd"}, {"dl"}},
    {"dd", {"dt", "dd"}, {"dl"}},
    {"tr", {"tr"}, {"table"}},
    {"td", {"td", "th"}, {"tr", "table"}},
    {"th", {"td", "th"}, {"tr", "table"}},
    {"tbody", {"tbody", "thead", "tfoot"}, {"table"}},
    {"tfoot", {"tbody", "thead", "tfoot"}, {"table"}},
    {"a", {"a"}, {}},
}};

}  // namespace

class HtmlTree::Builder {
 public:
  Builder(std::string_view html, const Limits& limits, HtmlTree& tree)
      : scanner_(html), limits_(limits), tree_(tree) {
    tree_.nodes_.reserve(std::min(limits.max_nodes, html.size() / 24 + 8));
    open_.push_back(add("#page", {}));
  }

  void run() {
    for (HtmlToken token; tree_.nodes_.size() < limits_.max_nodes && scanner_.next(token);) {
      if (token.kind == HtmlToken::Kind::text) add({}, token.text);
      if (token.kind == HtmlToken::Kind::open) open(token);
      if (token.kind == HtmlToken::Kind::close) close(token.name);
    }
    cut_to(0);
  }

 private:
  Node& node(Id id) { return tree_.nodes_[id]; }
  [[nodiscard]] std::string_view name_at(std::size_t depth) const {
    return tree_.nodes_[open_[depth]].name;
  }

  Id add(std::string_view name, std::string_view source) {
    const auto id = static_cast<Id>(tree_.nodes_.size());
    tree_.nodes_.push_back({name, source, open_.empty() ? kNone : open_.back(), id + 1});
    return id;
  }

  std::string_view lasting(std::string_view name) {
    if (const auto known = detail::known_element(name); !known.empty()) return known;
    return *tree_.other_names_.emplace(name).first;
  }

  void open(const HtmlToken& token) {
    const auto name = lasting(token.name);
    if ((name == "html" || name == "body") && has_open(name)) return;
    end_implied(name);
    const auto id = add(name, token.attributes);
    if (is_void(name)) return;
    if (is_raw(name)) {
      if (token.self_closing && name == "iframe") return;
      if (const auto content = scanner_.skip_raw(name); !content.empty()) {
        open_.push_back(id);
        add({}, content);
        cut_to(open_.size() - 1);
      }
      return;
    }
    const bool empty_foreign = token.self_closing && detail::known_element(name).empty();
    if (!empty_foreign && open_.size() < limits_.max_depth) open_.push_back(id);
  }

  /// Ends the open elements from `depth` on.
  void cut_to(std::size_t depth) {
    const auto end = static_cast<Id>(tree_.nodes_.size());
    for (; open_.size() > depth; open_.pop_back()) node(open_.back()).end = end;
  }

  [[nodiscard]] bool has_open(std::string_view name) const {
    // Both stand at the very outside, if at all.
    const auto depth = std::min<std::size_t>(open_.size(), 4);
    for (std::size_t i = 0; i < depth; ++i)
      if (name_at(i) == name) return true;
    return false;
  }

  void end_implied(std::string_view name) {
    if (!belongs_in_head(name)) end_head();
    if (ends_paragraph(name)) end_open_paragraph();
    for (const auto& rule : kImplied)
      if (rule.name == name) end_by(rule);
  }

  void end_head() {
    if (open_.size() > 1 && name_at(open_.size() - 1) == "head") cut_to(open_.size() - 1);
  }

  void end_open_paragraph() {
    for (auto depth = open_.size(); depth-- > 1;) {
      const auto name = name_at(depth);
      if (name == "p") return cut_to(depth);
      if (ends_paragraph(name) || is_wall(name) || name == "body") return;
    }
  }

  void end_by(const Implied& rule) {
    for (auto depth = open_.size(); depth-- > 1;) {
      const auto name = name_at(depth);
      if (one_of(name, rule.ended)) return cut_to(depth);
      if (one_of(name, rule.within) || name == "table" || name == "#page") return;
      if (rule.name == "a" && is_wall(name)) return;
    }
  }

  void close(std::string_view name) {
    if (name == "body" || name == "html") return;
    const bool block = ends_paragraph(name) || detail::known_element(name).empty();
    const bool table_part = is_table_part(name);
    for (auto depth = open_.size(); depth-- > 1;) {
      const auto open = name_at(depth);
      if (open == name) return cut_to(depth);
      if (is_wall(open) && !(table_part && open != "table")) return;
      if (!block && ends_paragraph(open) && !table_part) return;
    }
  }

  HtmlScanner scanner_;
  Limits limits_;
  HtmlTree& tree_;
  std::vector<Id> open_;  // root first; never empty while building
};

HtmlTree HtmlTree::parse(std::string_view html, const Limits& limits) {
  HtmlTree tree;
  Builder(html, limits, tree).run();
  return tree;
}

std::string HtmlTree::attribute(Id element, std::string_view name) const {
  auto rest = nodes_[element].source;
  for (detail::HtmlAttribute one; detail::next_attribute(rest, one);)
    if (one.name == name) return resolve_references(one.value, ReferenceIn::attribute);
  return {};
}

bool HtmlTree::has_attribute(Id element, std::string_view name) const {
  auto rest = nodes_[element].source;
  for (detail::HtmlAttribute one; detail::next_attribute(rest, one);)
    if (one.name == name) return true;
  return false;
}

std::string HtmlTree::line(Id top) const {
  std::string out;
  for (Id id = top; id < nodes_[top].end; ++id) {
    const auto& node = nodes_[id];
    if (node.is_text())
      out += resolve_references(node.source);
    else if (id != top && (node.name == "script" || node.name == "style"))
      id = node.end - 1;
    else if (ends_paragraph(node.name) || node.name == "br")
      out += ' ';
  }
  return one_line(out);
}

}  // namespace tocsin::text
