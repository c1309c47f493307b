// SPDX-License-Identifier: MIT
// Every text of a block has a path of elements from the article's scope down to it; of these, the
// ones that mean something to a reader are kept. Going from text to text, the elements that the two
// paths do not share are closed and opened.
#include "parser/detail/article_markup.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace tocsin::parser::detail {
namespace {

/// Elements that hold other blocks, or lines of a kind of their own.
bool is_frame(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "ul", "ol", "li", "dl", "dt",    "dd", "blockquote", "pre",   "h1", "h2", "h3",
      "h4", "h5", "h6", "p",  "table", "tr", "tbody",      "thead", "td", "th", "tfoot"};
  return names.contains(name);
}

bool is_inline(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "a", "b",   "strong", "em",   "i",   "u",   "s",    "code", "cite",
      "q", "sub", "sup",    "mark", "del", "ins", "abbr", "time", "small"};
  return names.contains(name);
}

/// Frames whose own lines need no paragraph.
bool holds_lines(std::string_view name) {
  return is_frame(name) && name != "blockquote" && name != "ul" && name != "ol" && name != "dl" &&
         name != "table" && name != "tr" && name != "tbody" && name != "thead" && name != "tfoot";
}

class Markup {
 public:
  Markup(const Page& page, const ArticleBody& body) : page_(page), body_(body) {
    out_.reserve(1024);
  }

  std::string run() {
    for (const auto& block : body_.blocks) add(block);
    cut_to(0);
    return std::move(out_);
  }

 private:
  static constexpr NodeId kParagraph =
      text::HtmlTree::kNone;  // one that the page has no element for

  void add(const Block& block) {
    auto frames = path(block.owner, body_.scope, is_frame);
    if (frames.empty() || !holds_lines(page_.node(frames.back()).name))
      frames.push_back(kParagraph);
    open(frames);
    if (!out_.empty() && out_.back() != '>') out_ += "<br>";
    for (NodeId id = block.first; id <= block.last; ++id) {
      const auto& node = page_.node(id);
      if (node.name == "br") out_ += "<br>";
      if (!node.is_text() || page_.unseen(id)) continue;
      auto whole = frames;
      const auto within = path(node.parent, block.owner, is_inline);
      whole.insert(whole.end(), within.begin(), within.end());
      open(whole);
      out_ += node.source;
    }
    cut_to(frames.size());
    const bool line_of_its_own =
        frames.back() == kParagraph || page_.node(frames.back()).name == "p";
    if (line_of_its_own) cut_to(frames.size() - 1);
  }

  /// The elements from below `top` down to `id` that `wanted` takes.
  template <typename Wanted>
  [[nodiscard]] std::vector<NodeId> path(NodeId id, NodeId top, Wanted wanted) const {
    std::vector<NodeId> out;
    for (; id > top; id = page_.node(id).parent)
      if (wanted(page_.node(id).name)) out.push_back(id);
    std::reverse(out.begin(), out.end());
    return out;
  }

  [[nodiscard]] std::string_view name_of(NodeId id) const {
    return id == kParagraph ? "p" : page_.node(id).name;
  }

  /// Closes and opens elements until `wanted` are the open ones.
  void open(const std::vector<NodeId>& wanted) {
    std::size_t common = 0;
    while (common < open_.size() && common < wanted.size() && open_[common] == wanted[common])
      ++common;
    cut_to(common);
    for (std::size_t i = common; i < wanted.size(); ++i) {
      out_.append("<").append(name_of(wanted[i]));
      if (wanted[i] != kParagraph && !page_.node(wanted[i]).source.empty())
        out_.append(" ").append(page_.node(wanted[i]).source);
      out_ += '>';
      open_.push_back(wanted[i]);
    }
  }

  void cut_to(std::size_t depth) {
    for (; open_.size() > depth; open_.pop_back())
      out_.append("</").append(name_of(open_.back())).append(">");
  }

  const Page& page_;
  const ArticleBody& body_;
  std::string out_;
  std::vector<NodeId> open_;
};

}  // namespace

std::string markup_of(const Page& page, const ArticleBody& body) {
  return Markup(page, body).run();
}

}  // namespace tocsin::parser::detail
