// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parser/detail/page_hints.hpp"
#include "text/html_tree.hpp"

namespace tocsin::parser::detail {

using NodeId = text::HtmlTree::Id;

/// A run of text that a reader sees as one paragraph, heading, list item or table cell.
struct Block {
  NodeId owner = 0;              ///< the block element that it stands in
  NodeId first = 0, last = 0;    ///< its first and last text node
  std::uint32_t chars = 0;       ///< letters and signs without blanks; one of Han counts for three
  std::uint32_t link_chars = 0;  ///< those of `chars` that stand in links
  std::uint32_t commas = 0;      ///< of any script
  bool sentence = false;         ///< ends as sentences end
  float prose = 0;               ///< how much it counts as running text

  [[nodiscard]] double link_share() const noexcept {
    return chars == 0 ? 0.0 : static_cast<double>(link_chars) / chars;
  }
};

/// A page taken apart for reading: what each element is by its own word, the blocks of text that
/// can be seen, and how much running text stands below each element.
///
/// The tree must outlive it. Any thread: immutable once built.
class Page {
 public:
  explicit Page(const text::HtmlTree& tree);

  [[nodiscard]] const text::HtmlTree& tree() const noexcept { return tree_; }
  [[nodiscard]] const text::HtmlTree::Node& node(NodeId id) const { return tree_.nodes()[id]; }
  [[nodiscard]] Hint hint(NodeId id) const { return nodes_[id].hint; }
  /// True for what nobody reads: scripts, forms, what is hidden, and all below them.
  [[nodiscard]] bool unseen(NodeId id) const { return nodes_[id].unseen; }
  [[nodiscard]] bool in_link(NodeId id) const { return nodes_[id].in_link; }
  /// The nearest block element at or above `id`.
  [[nodiscard]] NodeId block_element(NodeId id) const { return nodes_[id].block; }

  [[nodiscard]] const std::vector<Block>& blocks() const noexcept { return blocks_; }
  /// The sum of one figure of the blocks at or below each element, without the blocks whose first
  /// text is among `left_out`.
  template <typename Figure>
  [[nodiscard]] std::vector<float> sum_below(const std::vector<bool>& left_out,
                                             Figure figure) const;

  /// True when `id` is `top` or below it.
  [[nodiscard]] bool inside(NodeId id, NodeId top) const { return id >= top && id < node(top).end; }

 private:
  struct NodeFacts {
    Hint hint = Hint::none;
    bool unseen = false;
    bool in_link = false;
    NodeId block = 0;
  };

  void learn_nodes();
  void find_blocks();
  void end_block();
  void add_text(NodeId id);

  const text::HtmlTree& tree_;
  std::vector<NodeFacts> nodes_;
  std::vector<Block> blocks_;
  Block open_;  // being built; without text when `chars` is 0
};

template <typename Figure>
std::vector<float> Page::sum_below(const std::vector<bool>& left_out, Figure figure) const {
  std::vector<float> below(tree_.nodes().size(), 0.0F);
  for (const auto& block : blocks_)
    if (!left_out[block.first]) below[block.owner] += static_cast<float>(block.*figure);
  for (auto id = static_cast<NodeId>(below.size()); id-- > 1;) below[node(id).parent] += below[id];
  return below;
}

/// True for the elements that stand on lines of their own.
bool is_block_element(std::string_view name);

/// True for h1 to h6.
bool is_heading(std::string_view name);

}  // namespace tocsin::parser::detail
