// SPDX-License-Identifier: MIT
#include "parser/parser.hpp"

#include <algorithm>

#include <pugixml.hpp>

#include "base/digest.hpp"
#include "parser/decode.hpp"
#include "parser/detail/json_feed.hpp"
#include "parser/detail/mend.hpp"
#include "parser/detail/tolerant.hpp"
#include "parser/detail/xml.hpp"
#include "text/url.hpp"

namespace tocsin::parser {
namespace {

std::string describe(std::string_view text) {
  std::string head(text.substr(0, 2'000));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (head.find_first_not_of(" \t\r\n") == std::string::npos) return "the document is empty";
  if (head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos)
    return "this is an HTML page, not a feed";
  if (head.find('<') == std::string::npos) return "this is plain text, not a feed";
  return "this is XML, but no feed that is known";
}

/// Walks over a tree until it is deeper than `limit`. pugixml walks without recursion: a tree may
/// be as deep as its document is long.
class DepthWalk final : public pugi::xml_tree_walker {
 public:
  explicit DepthWalk(std::size_t limit) noexcept : limit_(limit) {}
  bool for_each(pugi::xml_node&) override { return static_cast<std::size_t>(depth()) < limit_; }

 private:
  std::size_t limit_;
};

/// Deeper than any feed; walks over the tree stay within it.
bool too_deep(pugi::xml_node root, std::size_t limit) {
  DepthWalk walk(limit);
  return !root.traverse(walk);
}

/// More elements than that would take more memory than any feed is worth.
bool too_many_nodes(std::string_view text, std::size_t limit) {
  if (text.size() / 3 < limit) return false;
  std::size_t begun = 0;  // an end tag makes no node
  for (std::size_t i = 0; i + 1 < text.size(); ++i) begun += text[i] == '<' && text[i + 1] != '/';
  return begun > limit;
}

/// The tree of `text`, and whether it is all of it.
struct Tree {
  pugi::xml_document document;
  std::string damage;  ///< why it is not what the publisher meant; empty when it is
  bool cut = false;    ///< the document ends before all its items did
};

Result<Feed> read_tree(const Tree& tree, std::string_view text, const Source& source,
                       const Limits& limits) {
  const auto root = tree.document.document_element();
  if (!root) return Error{Errc::malformed, "no element"};
  return detail::read_xml_feed(root, text, source, limits);
}

/// The well-formed way is pugixml's, at its full speed.
void read_strictly(const std::string& text, const Limits& limits, Tree& tree) {
  const auto status = tree.document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!status)
    tree.damage =
        "damaged at byte " + std::to_string(status.offset) + " (" + status.description() + ")";
  if (too_deep(tree.document.document_element(), limits.max_depth))  // also where it is damaged
    tree.damage = "nested more than " + std::to_string(limits.max_depth) + " deep";
}

/// Where pugixml stops, the tolerant reader begins anew; whoever finds more items is believed, and
/// an item that the document ends in is none.
Result<Feed> read_xml(std::string text, const Source& source, const Limits& limits,
                      std::vector<std::string> warnings) {
  detail::mend(text, warnings);
  if (too_many_nodes(text, limits.max_nodes))
    return Error{Errc::too_large,
                 "there are more than " + std::to_string(limits.max_nodes) + " elements"};
  Tree strict;
  read_strictly(text, limits, strict);
  const bool walkable = !strict.damage.starts_with("nested");
  auto feed = walkable ? read_tree(strict, text, source, limits)
                       : Result<Feed>(Error{Errc::malformed, "too deep"});
  if (!strict.damage.empty() || !feed) {
    strict.document.reset();  // two trees of one document are too many
    Tree tolerant;
    tolerant.cut = detail::read_tolerantly(text, limits.max_depth, tolerant.document).cut;
    auto again = read_tree(tolerant, text, source, limits);
    if (again && (!feed || again->items.size() + (tolerant.cut ? 1 : 0) >= feed->items.size()))
      feed = std::move(again);
    if (!feed) return Error{Errc::malformed, describe(text)};
    feed->truncated = tolerant.cut;
    if (!strict.damage.empty())
      feed->warnings.push_back("the document is " + strict.damage +
                               "; it was read as far as it goes");
  }
  feed->warnings.insert(feed->warnings.begin(), warnings.begin(), warnings.end());
  return feed;
}

/// Every item gets an id: its own, else its link, else a digest of what it says.
void complete_ids(Feed& feed) {
  for (auto& item : feed.items) {
    if (!item.id.empty()) continue;
    item.id = !item.url.empty() ? item.url : stable_id(item.title + '\n' + item.content_text);
  }
}

}  // namespace

Result<Feed> parse_feed(std::string_view bytes, const Source& source, const Limits& limits) {
  auto decoded = decode(bytes, source.content_type);
  std::vector<std::string> warnings;
  if (!decoded.warning.empty()) warnings.push_back(std::move(decoded.warning));
  const auto first = decoded.text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && decoded.text[first] == '{';
  auto feed = is_json ? detail::read_json_feed(decoded.text, source, limits)
                      : read_xml(std::move(decoded.text), source, limits, std::move(warnings));
  if (!feed) return feed;
  if (is_json) feed->warnings.insert(feed->warnings.begin(), warnings.begin(), warnings.end());
  feed->encoding = decoded.encoding;
  if (feed->feed_url.empty()) feed->feed_url = feed->self.empty() ? source.url : feed->self;
  complete_ids(*feed);
  return feed;
}

}  // namespace tocsin::parser
