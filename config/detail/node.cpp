// SPDX-License-Identifier: MIT
#include "config/detail/node.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/heap.hpp"
#include "config/detail/quoted.hpp"

namespace tocsin::config::detail {
namespace {

std::size_t leading_blanks(std::string_view line) noexcept {
  const auto first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? line.size() : first;
}

/// Blanks before the text of the block scalar that begins below line `header`: those of its first
/// line that holds something, or as its header says ("|2").
std::uint32_t block_indent(const Node& node) {
  const auto header = node.source->line(node.start.line);
  const auto indicator =
      header.find_first_of("|>", byte_of_character(header, node.start.column - 1));
  for (std::uint32_t n = node.start.line + 1; n <= node.end.line; ++n) {
    const auto line = node.source->line(n);
    if (leading_blanks(line) == line.size()) continue;
    const auto first_of_text = node.text.find_first_not_of('\n');
    const bool explicit_indent =
        indicator != std::string_view::npos &&
        header.substr(indicator, 3).find_first_of("123456789") != std::string_view::npos;
    std::size_t blanks = leading_blanks(line);
    if (explicit_indent && first_of_text != std::string::npos)
      blanks -= std::min(blanks, leading_blanks(std::string_view(node.text).substr(first_of_text)));
    return static_cast<std::uint32_t>(blanks);
  }
  return 0;
}

/// The lines of a block scalar as they stand, without their indentation.
rules::Located located_block(const Node& node) {
  rules::Located out;
  out.block = true;
  out.indent = block_indent(node);
  out.at = {node.source->file(), node.start.line + 1, out.indent + 1};
  if (node.style == Node::Style::literal) {
    out.text = node.text;
    return out;
  }
  for (std::uint32_t n = node.start.line + 1;
       n < node.end.line || (n == node.end.line && node.end.column > 1); ++n) {
    auto line = node.source->line(n);
    line.remove_prefix(std::min<std::size_t>(line.size(), out.indent));
    out.text.append(line).push_back('\n');
  }
  return out;
}

/// Blanks that all lines of a scalar after its first one begin with.
std::size_t common_indent(const Node& node) {
  std::size_t indent = std::string::npos;
  for (std::uint32_t n = node.start.line + 1; n <= node.end.line; ++n) {
    const auto line = node.source->line(n);
    if (leading_blanks(line) < line.size()) indent = std::min(indent, leading_blanks(line));
  }
  return indent == std::string::npos ? 0 : indent;
}

/// A plain or quoted scalar: each line as it stands, without what all lines after the first are
/// indented by. Empty where an escape hides a line break.
std::optional<rules::Located> located_lines(const Node& node) {
  const bool quoted = node.style != Node::Style::plain;
  rules::Located out;
  out.at = {node.source->file(), node.start.line, node.start.column + (quoted ? 1U : 0U)};
  out.indent = static_cast<std::uint32_t>(common_indent(node));
  for (std::uint32_t n = node.start.line; n <= node.end.line; ++n) {
    auto line = node.source->line(n);
    if (n == node.end.line)
      line = line.substr(0, byte_of_character(line, node.end.column - (quoted ? 2U : 1U)));
    if (n == node.start.line)
      line.remove_prefix(byte_of_character(line, out.at.column - 1));
    else
      line.remove_prefix(std::min<std::size_t>(line.size(), out.indent));
    if (n != node.start.line) out.text.push_back('\n');
    if (!quoted)
      out.text.append(line);
    else if (!unquote(line, node.style, out.text, out.hidden))
      return std::nullopt;
  }
  return out;
}

/// True when the scalar is written in one line, with nothing that it does not hold.
bool is_as_written(const Node& node) {
  if (node.end.line > node.start.line) return false;
  if (node.is_plain()) return true;
  const auto written = node.end.column - node.start.column;  // characters, two of them quotes
  return written == count_characters(node.text) + 2;
}

constexpr std::size_t kBlock = 512;         // nodes
constexpr std::size_t kBetweenTrims = 100;  // blocks: some megabytes

}  // namespace

Node& Tree::add() {
  if (blocks_.empty() || blocks_.back().nodes.size() == kBlock)
    blocks_.emplace_back().nodes.reserve(kBlock);
  auto& block = blocks_.back();
  ++block.live;
  auto& node = block.nodes.emplace_back();
  node.block = static_cast<std::uint32_t>(blocks_.size() - 1);
  return node;
}

void Tree::release(Node& top) {
  if (top.aliased) return;
  for (Node* child : top.children) release(*child);
  top.children.clear();
  auto& block = blocks_[top.block];
  const bool last = top.block + 1 == blocks_.size();  // it may still grow
  if (--block.live > 0 || last) return;
  std::vector<Node>().swap(block.nodes);
  // Else the heap would keep the pages, and what is made of the nodes take others.
  if (++released_ % kBetweenTrims == 0) trim_heap();
}

bool Node::is_null() const noexcept {
  return is_plain() &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

Node* Node::find(std::string_view key) const noexcept {
  if (!is_mapping()) return nullptr;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2)
    if (children[i]->text == key) return children[i + 1];
  return nullptr;
}

Node* Node::find_key(std::string_view key) const noexcept {
  if (!is_mapping()) return nullptr;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2)
    if (children[i]->text == key) return children[i];
  return nullptr;
}

std::string_view kind_name(const Node& node) noexcept {
  switch (node.kind) {
    case Node::Kind::scalar: return "text";
    case Node::Kind::list: return "a list";
    case Node::Kind::mapping: return "a mapping";
  }
  return "text";
}

rules::Position position(const Node& node) {
  return {node.source->file(), node.start.line, node.start.column};
}

rules::Located located(const Node& node) {
  const bool block = node.style == Node::Style::literal || node.style == Node::Style::folded;
  if (block) return located_block(node);
  if (!is_as_written(node))
    if (auto lines = located_lines(node)) return std::move(*lines);
  rules::Located out;
  out.text = node.text;
  out.at = position(node);
  if (node.style != Node::Style::plain) ++out.at.column;
  return out;
}

}  // namespace tocsin::config::detail
