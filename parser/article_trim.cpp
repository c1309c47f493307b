// SPDX-License-Identifier: MIT
#include "parser/detail/article_trim.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "parser/detail/article_body.hpp"
#include "text/fold.hpp"
#include "text/url.hpp"

namespace tocsin::parser::detail {
namespace {

constexpr double kLinkList = 0.6;     // a list with more of its letters in links is one of links
constexpr std::uint32_t kMuch = 150;  // letters beside the paragraphs that are no mere label

/// A block on its way, with what is asked about it more than once.
struct Line {
  Block block;
  NodeId group = 0;  ///< the list, table or quotation that it stands in; 0: none
  bool heading = false;
  bool kept = true;
  std::string text;

  /// Surely a paragraph of the text, and not a line about it.
  [[nodiscard]] bool is_paragraph() const noexcept {
    constexpr std::uint32_t kLongLine = 140;
    constexpr std::uint32_t kShortSentence = 30;
    if (heading || block.link_share() > kLinkList) return false;
    return block.chars >= kLongLine || (block.sentence && block.chars >= kShortSentence);
  }
};

bool is_list(std::string_view name) {
  return name == "ul" || name == "ol" || name == "dl" || name == "table";
}

class Trimmer {
 public:
  Trimmer(const Page& page, const TrimInput& input)
      : page_(page),
        input_(input),
        chars_(page.sum_below(input.left_out, &Block::chars)),
        links_(page.sum_below(input.left_out, &Block::link_chars)) {}

  std::vector<Block> run() {
    collect();
    drop_repetitions();
    drop_links();
    drop_captions();
    drop_phrases();
    trim_ends();
    drop_idle_headings();
    std::vector<Block> out;
    for (const auto& line : lines_)
      if (line.kept) out.push_back(line.block);
    return out;
  }

 private:
  void collect() {
    for (const auto& block : page_.blocks()) {
      if (!page_.inside(block.first, input_.scope) || input_.left_out[block.first]) continue;
      Line line;
      line.block = block;
      line.group = group_of(block.owner);
      line.heading = is_heading(page_.node(block.owner).name);
      line.text = block_text(page_, block);
      lines_.push_back(std::move(line));
    }
  }

  /// The outermost list, table or quotation around an element, within the scope.
  [[nodiscard]] NodeId group_of(NodeId id) const {
    NodeId group = 0;
    for (; id > input_.scope; id = page_.node(id).parent) {
      const auto name = page_.node(id).name;
      if (is_list(name) || name == "blockquote") group = id;
    }
    return group;
  }

  /// The title again, and paragraphs that stand there twice (for small and for large screens).
  void drop_repetitions() {
    constexpr std::uint32_t kLongEnough = 60;
    std::unordered_set<std::string> seen;
    const auto title = text::fold(input_.title);
    for (auto& line : lines_) {
      const auto folded = text::fold(line.text);
      const bool of_title = title.find(folded) != std::string::npos ||
                            (!title.empty() && folded.find(title) != std::string::npos);
      if (line.heading ? of_title : folded == title) line.kept = false;
      if (line.block.chars >= kLongEnough && !seen.insert(folded).second) line.kept = false;
    }
  }

  void drop_links() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].kept || !is_only_links(lines_[i])) continue;
      lines_[i].kept = false;
      drop_announcement(i);
    }
  }

  /// "See also:" before links that went.
  void drop_announcement(std::size_t before) {
    constexpr std::uint32_t kShort = 50;
    if (before == 0) return;
    auto& line = lines_[before - 1];
    if (line.text.ends_with(':') && line.block.chars < kShort) line.kept = false;
  }

  [[nodiscard]] bool is_only_links(const Line& line) const {
    constexpr std::uint32_t kEnoughPlain = 60;
    const auto& block = line.block;
    const auto plain = block.chars - block.link_chars;
    if (line.group != 0) {
      const bool quotation = page_.node(line.group).name == "blockquote";
      const bool of_links = links_[line.group] > kLinkList * chars_[line.group];
      if (quotation) return false;
      return of_links && !(block.link_share() > kLinkList && leads_out(block));
    }
    if (block.link_share() <= kLinkList) return false;
    if (block.sentence && (plain >= kEnoughPlain || block.link_share() < 0.9)) return false;
    return !leads_out(block);
  }

  /// True when every link of the block leads to another host.
  [[nodiscard]] bool leads_out(const Block& block) const {
    if (input_.host.empty()) return false;
    for (NodeId id = block.first; id <= block.last; ++id) {
      if (!page_.node(id).is_text() || !page_.in_link(id)) continue;
      auto at = page_.node(id).parent;
      while (page_.node(at).name != "a") at = page_.node(at).parent;
      const auto url = page_.tree().attribute(at, "href");
      if (!url.starts_with("http")) return false;
      const auto plain = text::canonical_url(url);
      const auto host = plain.substr(0, plain.find('/'));
      if (host.ends_with(input_.host) || input_.host.ends_with(host)) return false;
    }
    return true;
  }

  /// A line that ends without a full stop in an element with a picture is a caption; but where much
  /// of the text looks like that, it is a list with pictures.
  void drop_captions() {
    const auto most = total() / 5;
    std::uint32_t captions = 0;
    for (const auto& line : lines_)
      if (is_caption(line)) captions += line.block.chars;
    if (captions > most) return;
    for (auto& line : lines_)
      if (is_caption(line)) line.kept = false;
  }

  [[nodiscard]] bool is_caption(const Line& line) const {
    constexpr std::uint32_t kLongest = 200;
    return line.kept && !line.block.sentence && line.block.chars < kLongest && line.group == 0 &&
           !line.heading && has_picture(line.block.owner);
  }

  [[nodiscard]] bool has_picture(NodeId element) const {
    if (element <= input_.scope) return false;
    constexpr NodeId kNear = 12;
    const auto end = std::min(page_.node(element).end, element + kNear);
    for (NodeId id = element + 1; id < end; ++id)
      if (page_.node(id).name == "img" || page_.node(id).name == "picture") return true;
    return false;
  }

  void drop_phrases() {
    for (auto& line : lines_)
      if (line.kept && is_set_phrase(line.text)) line.kept = false;
  }

  /// What stands before the first and behind the last paragraph is about the article, not of it:
  /// dates, names, labels. Not so where there is much of it: a list, verses, prices.
  void trim_ends() {
    const auto is_paragraph = [](const Line& line) { return line.kept && line.is_paragraph(); };
    const auto first = std::find_if(lines_.begin(), lines_.end(), is_paragraph);
    if (first == lines_.end() && !input_.declared) lines_.clear();
    if (first == lines_.end()) return;
    const auto last = std::find_if(lines_.rbegin(), lines_.rend(), is_paragraph).base();
    trim(lines_.begin(), first);
    trim(last, lines_.end());
  }

  using Lines = std::vector<Line>;

  void trim(Lines::iterator from, Lines::iterator to) {
    const auto much = std::max(kMuch, total() / (input_.declared ? 10 : 2));
    if (count(from, to) >= much) return;
    for (auto line = from; line != to; ++line)
      if (!(input_.declared && (line->heading || line->group != 0))) line->kept = false;
  }

  [[nodiscard]] std::uint32_t total() const { return count(lines_.begin(), lines_.end()); }

  /// Letters that are kept and in no link.
  static std::uint32_t count(Lines::const_iterator from, Lines::const_iterator to) {
    std::uint32_t chars = 0;
    for (; from != to; ++from)
      if (from->kept) chars += from->block.chars - from->block.link_chars;
    return chars;
  }

  /// A heading stays only when text follows before the next one of its rank.
  void drop_idle_headings() {
    bool text_follows = false;
    for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
      if (!line->kept) continue;
      if (line->heading && !text_follows) line->kept = false;
      text_follows = text_follows || line->kept;
    }
  }

  const Page& page_;
  const TrimInput& input_;
  std::vector<float> chars_, links_;  // below each element
  std::vector<Line> lines_;
};

}  // namespace

std::vector<Block> trimmed_blocks(const Page& page, const TrimInput& input) {
  return Trimmer(page, input).run();
}

}  // namespace tocsin::parser::detail
