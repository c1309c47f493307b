// SPDX-License-Identifier: MIT
// Three steps, as most extractors go: take out what says of itself that it is something else; find
// the element that holds the running text; go through its blocks (article_trim.cpp).
#include "parser/detail/article_body.hpp"

#include <algorithm>
#include <utility>

#include "parser/detail/article_trim.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"

namespace tocsin::parser::detail {
namespace {

/// The largest share of a page's running text that an element may hold and still be taken for what
/// its hint says. Templates put such words on wrappers of everything, too.
float most_share(Hint hint) {
  switch (hint) {
    case Hint::comments: return 0.8F;
    case Hint::noise:
    case Hint::hidden: return 0.4F;
    case Hint::figure:
    case Hint::caption:
    case Hint::byline: return 0.15F;
    default: return 0;
  }
}

/// True for a figure that holds a text of its own: a quotation, a table, a listing.
bool shows_text(const Page& page, NodeId figure) {
  for (NodeId id = figure + 1; id < page.node(figure).end; ++id) {
    const auto name = page.node(id).name;
    if (name == "blockquote" || name == "table" || name == "pre") return true;
  }
  return false;
}

void leave_out(const Page& page, NodeId top, std::vector<bool>& left_out) {
  std::fill(left_out.begin() + top, left_out.begin() + page.node(top).end, true);
}

/// Articles that stand side by side, none of them most of the page, are teasers of others.
void leave_out_cards(const Page& page, const std::vector<float>& below,
                     std::vector<bool>& left_out) {
  constexpr int kFewestCards = 3;
  constexpr float kMostShare = 0.3F;
  std::vector<int> cards(left_out.size(), 0);
  for (NodeId id = 1; id < left_out.size(); ++id)
    if (page.node(id).name == "article" && below[id] <= kMostShare * below[0])
      ++cards[page.node(id).parent];
  auto kept = left_out;
  float cut = 0;
  for (NodeId id = 1; id < left_out.size(); ++id) {
    if (page.node(id).name != "article" || cards[page.node(id).parent] < kFewestCards) continue;
    if (below[id] > kMostShare * below[0]) continue;
    leave_out(page, id, kept);
    cut += below[id];
    id = page.node(id).end - 1;
  }
  constexpr float kLeastRest = 0.1F;
  if (cut < (1 - kLeastRest) * below[0]) left_out = std::move(kept);
}

/// Which nodes lie in what is not the article by its own word.
std::vector<bool> without_noise(const Page& page) {
  std::vector<bool> out(page.tree().nodes().size(), false);
  const auto below = page.sum_below(out, &Block::prose);
  for (NodeId id = 1; id < out.size(); ++id) {
    const auto hint = page.hint(id);
    const auto most = most_share(hint);
    if (most == 0 || below[id] > most * below[0]) continue;
    if (hint == Hint::figure && shows_text(page, id)) continue;
    leave_out(page, id, out);
    id = page.node(id).end - 1;
  }
  leave_out_cards(page, below, out);
  return out;
}

/// Goes down from `top` as long as one child holds nearly all.
NodeId narrow(const Page& page, const std::vector<float>& below, NodeId top) {
  constexpr float kNearlyAll = 0.9F;
  const float least = kNearlyAll * below[top];
  for (NodeId at = top;;) {
    NodeId best = 0;
    for (NodeId child = at + 1; child < page.node(at).end; child = page.node(child).end)
      if (page.block_element(child) == child && below[child] >= least) best = child;
    if (best == 0 || page.node(best).name == "p") return at;
    at = best;
  }
}

/// The element with most running text among those with `hint`, if it has more than `least`; else
/// the root.
NodeId richest(const Page& page, const std::vector<float>& below, Hint hint, float least) {
  NodeId best = 0;
  for (NodeId id = 1; id < below.size(); ++id)
    if (page.hint(id) == hint && below[id] > least) least = below[best = id];
  return best;
}

/// Some templates cut an article into several bodies with something between: then the element
/// around them is meant.
NodeId around_parts(const Page& page, const std::vector<float>& below, NodeId body) {
  const auto parent = page.node(body).parent;
  float parts = 0;
  for (NodeId child = parent + 1; child < page.node(parent).end; child = page.node(child).end)
    if (page.hint(child) == Hint::body && page.node(child).source == page.node(body).source)
      parts += below[child];
  return parts > 1.2F * below[body] ? parent : body;
}

/// For each element the running text that stands close below it: in paragraphs that are its
/// children, and half as much in those of its children. An article's paragraphs stand together;
/// those of teasers stand each in a box of its own.
std::vector<float> prose_close_below(const Page& page, const std::vector<bool>& left_out) {
  std::vector<float> close(left_out.size(), 0.0F);
  for (const auto& block : page.blocks()) {
    if (left_out[block.first]) continue;
    const bool paragraph = page.node(block.owner).name == "p";
    const auto parent = paragraph ? page.node(block.owner).parent : block.owner;
    close[parent] += block.prose;
    if (parent != 0) close[page.node(parent).parent] += block.prose / 2;
  }
  return close;
}

/// The most that stands close below one element from `from` to `to`, half open.
float most_within(const std::vector<float>& close, NodeId from, NodeId to) {
  return from < to ? *std::max_element(close.begin() + from, close.begin() + to) : 0.0F;
}

/// The element with most running text close below it, and around it those whose text elsewhere
/// stands as densely: the sections of one article.
NodeId densest(const Page& page, const std::vector<float>& close, NodeId top) {
  constexpr float kAsDense = 0.35F;
  const auto first = close.begin() + top;
  const auto last = close.begin() + page.node(top).end;
  auto scope = static_cast<NodeId>(std::max_element(first, last) - close.begin());
  const float enough = kAsDense * close[scope];
  for (auto around = scope; around > top;) {
    around = page.node(around).parent;
    const auto before = most_within(close, around + 1, scope);
    const auto behind = most_within(close, page.node(scope).end, page.node(around).end);
    if (std::max(before, behind) >= enough) scope = around;
  }
  return scope;
}

ArticleBody find_scope(const Page& page, const std::vector<bool>& left_out) {
  constexpr float kLeastProse = 200;
  const auto below = page.sum_below(left_out, &Block::prose);
  if (const auto body = richest(page, below, Hint::body, std::max(0.2F * below[0], kLeastProse)))
    return {narrow(page, below, around_parts(page, below, body)), true, {}};
  const auto top = richest(page, below, Hint::article, 0.4F * below[0]);
  return {densest(page, prose_close_below(page, left_out), top), false, {}};
}

}  // namespace

std::string block_text(const Page& page, const Block& block) {
  std::string raw;
  std::string out;
  const auto end_line = [&] {
    auto line = text::one_line(raw);
    if (!line.empty()) out.append(out.empty() ? "" : "\n").append(line);
    raw.clear();
  };
  for (NodeId id = block.first; id <= block.last; ++id) {
    const auto& node = page.node(id);
    if (node.name == "br") end_line();
    if (node.is_text() && !page.unseen(id)) raw += text::resolve_references(node.source);
  }
  end_line();
  return out;
}

ArticleBody find_body(const Page& page, std::string_view title, std::string_view host) {
  const auto left_out = without_noise(page);
  auto body = find_scope(page, left_out);
  body.blocks = trimmed_blocks(page, {body.scope, body.declared, left_out, title, host});
  return body;
}

}  // namespace tocsin::parser::detail
