// SPDX-License-Identifier: MIT
#include "parser/detail/page.hpp"

#include <array>
#include <string>
#include <unordered_set>

#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace {

bool is_comma(char32_t c) {
  static constexpr std::u32string_view kCommas = U",;،؛、，；：﹐︐";
  return kCommas.find(c) != std::u32string_view::npos;
}

bool ends_sentence(char32_t c) {
  static constexpr std::u32string_view kEnds = U".!?…:。！？؟۔।॥։።”\"’»";
  return kEnds.find(c) != std::u32string_view::npos;
}

bool is_white(char32_t c) {
  return c <= U' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x3000 || c == 0xFEFF;
}

/// A script without blanks says more in a letter.
std::uint32_t weight(char32_t c) {
  return c >= 0x2E80 && c < 0xFB00 ? 3 : 1;
}

/// A link to another page; addresses of mail are text.
bool leads_somewhere(const text::HtmlTree& tree, NodeId link) {
  const auto url = tree.attribute(link, "href");
  return !url.empty() && !url.starts_with("mailto:") && !url.starts_with("tel:");
}

/// How much a block counts as running text: links do not, and a few words hardly do.
float prose_of(const Block& block) {
  const auto plain = static_cast<float>(block.chars - block.link_chars);
  if (block.link_share() > 0.5 && (plain < 60 || !block.sentence)) return 0;
  if (block.chars < 40 && !block.sentence) return plain * 0.1F;
  return plain + 20.0F * static_cast<float>(block.commas) + (block.sentence ? 20.0F : 0.0F);
}

}  // namespace

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool is_block_element(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "#page",  "html",    "body",   "address",  "article", "aside",      "blockquote", "center",
      "dd",     "details", "dialog", "dir",      "div",     "dl",         "dt",         "fieldset",
      "figure", "footer",  "form",   "frameset", "h1",      "h2",         "h3",         "h4",
      "h5",     "h6",      "header", "hgroup",   "hr",      "li",         "main",       "menu",
      "nav",    "ol",      "p",      "pre",      "section", "table",      "tbody",      "td",
      "tfoot",  "th",      "thead",  "tr",       "ul",      "figcaption", "caption",    "summary",
      "head",   "legend",  "option", "video",    "audio",   "iframe"};
  return names.contains(name);
}

Page::Page(const text::HtmlTree& tree) : tree_(tree) {
  learn_nodes();
  find_blocks();
}

void Page::learn_nodes() {
  const auto& nodes = tree_.nodes();
  nodes_.resize(nodes.size());
  for (NodeId id = 0; id < nodes.size(); ++id) {
    const auto& node = nodes[id];
    auto& facts = nodes_[id];
    if (node.parent != text::HtmlTree::kNone) {
      const auto& above = nodes_[node.parent];
      facts.unseen = above.unseen;
      facts.in_link = above.in_link;
      facts.block = above.block;
    }
    if (node.is_text()) continue;
    if (!facts.unseen) facts.hint = hint_of(tree_, id);
    facts.unseen = facts.unseen || facts.hint == Hint::unseen;
    facts.in_link = facts.in_link || (node.name == "a" && leads_somewhere(tree_, id));
    if (is_block_element(node.name)) facts.block = id;
  }
}

// A block ends where a block element begins or ends, and at two <br> in a row.
void Page::find_blocks() {
  const auto& nodes = tree_.nodes();
  int breaks = 0;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    const auto& node = nodes[id];
    if (!node.is_text()) {
      if (is_block_element(node.name)) end_block();
      if (node.name == "br" && ++breaks >= 2) end_block();
      continue;
    }
    if (nodes_[id].unseen || text::is_blank(node.source)) continue;
    breaks = 0;
    if (nodes_[id].block != open_.owner) end_block();
    add_text(id);
  }
  end_block();
}

void Page::end_block() {
  if (open_.chars > 0) {
    open_.prose = prose_of(open_);
    blocks_.push_back(open_);
  }
  open_ = {};
}

void Page::add_text(NodeId id) {
  const auto text = text::resolve_references(tree_.nodes()[id].source);
  if (open_.chars == 0) open_ = {nodes_[id].block, id, id, 0, 0, 0, false, 0};
  open_.last = id;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = text::code_point_at(text, at);
    at += point.length;
    if (is_white(point.value)) continue;
    open_.chars += weight(point.value);
    if (nodes_[id].in_link) open_.link_chars += weight(point.value);
    if (is_comma(point.value)) ++open_.commas;
    open_.sentence = ends_sentence(point.value);
  }
}

}  // namespace tocsin::parser::detail
