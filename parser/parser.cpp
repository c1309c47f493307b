// SPDX-License-Identifier: MIT
#include "parser/parser.hpp"

#include <algorithm>

#include <pugixml.hpp>

#include "base/digest.hpp"
#include "parser/decode.hpp"
#include "parser/detail/json_feed.hpp"
#include "parser/detail/xml.hpp"
#include "text/url.hpp"

namespace tocsin::parser {
namespace {

/// Control characters that no XML may hold, and that some publishers emit.
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

void drop_controls(std::string& text, std::vector<std::string>& warnings) {
  const auto kept = std::remove_if(text.begin(), text.end(), is_control);
  if (kept == text.end()) return;
  text.erase(kept, text.end());
  warnings.emplace_back("control characters were taken out");
}

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

/// Deeper than any feed; walks over the tree stay within it.
bool too_deep(pugi::xml_node root, std::size_t limit) {
  std::size_t depth = 0;
  for (auto node = root; node;) {  // without recursion: the tree may be as deep as the document
    if (const auto child = node.first_child()) {
      node = child;
      if (++depth > limit) return true;
      continue;
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (!node || node == root) return false;
    node = node.next_sibling();
  }
  return false;
}

Result<Feed> read_xml(const std::string& text, const Source& source, const Limits& limits,
                      std::vector<std::string> warnings) {
  pugi::xml_document document;
  const auto status = document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  const auto root = document.document_element();
  if (too_deep(root, limits.max_depth))
    return Error{Errc::too_large,
                 "elements are nested more than " + std::to_string(limits.max_depth) + " deep"};
  const auto name = detail::local_name(root.name());
  Feed feed;
  if (name == "rss" || name == "RDF")
    feed = detail::read_rss(root, source, limits);
  else if (name == "feed")
    feed = detail::read_atom(root, source, limits);
  else
    return Error{Errc::malformed, describe(text)};
  feed.warnings.insert(feed.warnings.begin(), warnings.begin(), warnings.end());
  if (!status) {
    feed.truncated = true;
    feed.warnings.push_back("the document is damaged at byte " + std::to_string(status.offset) +
                            ": " + status.description());
    // What stands behind the damage is unknown, the last item perhaps incomplete.
    if (status.status == pugi::status_end_element_mismatch && !feed.items.empty() &&
        status.offset + 1 >= static_cast<std::ptrdiff_t>(text.size()))
      feed.items.pop_back();
  }
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
  drop_controls(decoded.text, warnings);
  const auto first = decoded.text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && decoded.text[first] == '{';
  auto feed = is_json ? detail::read_json_feed(decoded.text, source, limits)
                      : read_xml(decoded.text, source, limits, warnings);
  if (!feed) return feed;
  feed->encoding = decoded.encoding;
  if (feed->feed_url.empty()) feed->feed_url = feed->self.empty() ? source.url : feed->self;
  complete_ids(*feed);
  return feed;
}

}  // namespace tocsin::parser
