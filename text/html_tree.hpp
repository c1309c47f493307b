// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tocsin::text {

/// An HTML page as a tree, built the way browsers do where it matters for reading: end tags that
/// may be left out are implied, stray ones are ignored, void elements hold nothing.
///
/// The nodes stand in one array in document order, so that a subtree is a range: the descendants of
/// node i are the nodes from i + 1 to `nodes()[i].end`, half open. Nodes are views of the page,
/// which must outlive the tree. Any thread: immutable once built.
class HtmlTree {
 public:
  using Id = std::uint32_t;
  static constexpr Id kNone = 0xFFFFFFFF;

  /// An element, or a piece of text between tags.
  struct Node {
    std::string_view name;    ///< of elements: lower case, never empty; of texts: empty
    std::string_view source;  ///< texts: as written, references unresolved; elements: attributes
    Id parent = kNone;        ///< kNone for the root alone
    Id end = 0;               ///< one behind the last descendant

    [[nodiscard]] bool is_text() const noexcept { return name.empty(); }
  };

  /// What a page may cost. Beyond `max_nodes` the rest of the page is not read; deeper elements are
  /// put beside each other.
  struct Limits {
    std::size_t max_nodes = 400'000;
    std::size_t max_depth = 256;
  };

  /// Never fails; linear in the size of `html`. What scripts, styles, titles and text areas hold is
  /// one text below them. Node 0 is the root, whose name is "#page".
  static HtmlTree parse(std::string_view html, const Limits& limits);
  static HtmlTree parse(std::string_view html) { return parse(html, Limits()); }

  [[nodiscard]] const std::vector<Node>& nodes() const noexcept { return nodes_; }

  /// The value of an element's attribute, references resolved; empty when it has none such.
  [[nodiscard]] std::string attribute(Id element, std::string_view name) const;
  /// True when the element carries the attribute, with whatever value.
  [[nodiscard]] bool has_attribute(Id element, std::string_view name) const;

  /// The text of a node and all below it as one line, without what scripts and styles hold.
  [[nodiscard]] std::string line(Id node) const;

 private:
  class Builder;

  std::vector<Node> nodes_;
  std::unordered_set<std::string> other_names_;  // of elements that HTML does not have
};

}  // namespace tocsin::text
