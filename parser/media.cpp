// SPDX-License-Identifier: MIT
// Files that belong to an item: enclosures and Media RSS (https://www.rssboard.org/media-rss).
#include <algorithm>
#include <charconv>

#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"

namespace tocsin::parser::detail {
namespace {

constexpr std::size_t kMostAttachments = 1'000;

std::optional<std::uint64_t> read_size(std::string_view text) {
  const auto line = text::one_line(text);
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), bytes);
  if (error != std::errc{} || end == line.data() || bytes == 0) return std::nullopt;
  return bytes;
}

/// "pt1h2m3s" (ISO 8601) and "1h 2m"; empty where a number has no unit.
std::optional<std::chrono::seconds> read_units(std::string_view text) {
  if (text.starts_with("pt")) text.remove_prefix(2);
  std::int64_t total = 0;
  while (!text.empty()) {
    std::uint32_t value = 0;
    const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(next - text.data()));
    const auto unit = error != std::errc{} || text.empty() ? '\0' : text.front();
    if (unit != 'h' && unit != 'm' && unit != 's') return std::nullopt;
    total += std::int64_t{value} * (unit == 'h' ? 3600 : unit == 'm' ? 60 : 1);
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
  }
  if (total == 0) return std::nullopt;
  return std::chrono::seconds{total};
}

bool is_image(const Attachment& attachment, std::string_view medium) {
  return medium == "image" || attachment.mime_type.starts_with("image/");
}

enum class Inside : std::uint8_t { group, content };

/// What stands in a group or a content. A group holds no group, and a content holds neither: others
/// could be nested without end.
void read_inside(Item& item, pugi::xml_node node, const Document& in, Inside inside) {
  for (auto child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    const auto name = in.names.of(child);
    const bool nested =
        name.local == "group" || (inside == Inside::content && name.local == "content");
    if (!nested) read_media(item, child, name, in);
  }
}

void read_media_content(Item& item, pugi::xml_node node, const Document& in) {
  Attachment attachment;
  attachment.url = text::resolve_url(in.base_at(node), attribute(node, "url"));
  attachment.mime_type = text::one_line(attribute(node, "type"));
  attachment.size_in_bytes = read_size(attribute(node, "fileSize"));
  attachment.duration = read_span(attribute(node, "duration"));
  if (is_image(attachment, lower(attribute(node, "medium"))) && item.image.empty())
    item.image = attachment.url;
  add_attachment(item, std::move(attachment));
  read_inside(item, node, in, Inside::content);
}

void read_peer(Item& item, pugi::xml_node node, const Document& in) {
  Attachment attachment;
  const auto href = attribute(node, "href");
  attachment.url = text::resolve_url(in.base_at(node), href);
  attachment.mime_type = text::one_line(attribute(node, "type"));
  if (!text::one_line(href).empty()) add_attachment(item, std::move(attachment));
}

}  // namespace

std::optional<std::chrono::seconds> read_span(std::string_view text) {
  const auto line = lower(text::one_line(text));
  if (const auto units = read_units(line)) return units;
  std::int64_t total = 0;
  const char* at = line.data();
  const char* const end = at + line.size();
  for (int part = 0; part < 3; ++part) {
    std::uint32_t value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{} || next == at) return std::nullopt;
    total = total * 60 + value;
    at = next;
    if (at == end || *at != ':') break;
    ++at;
  }
  if (at != end && *at != '.') return std::nullopt;
  if (total == 0) return std::nullopt;
  return std::chrono::seconds{total};
}

void add_attachment(Item& item, Attachment attachment) {
  if (attachment.url.empty() || item.attachments.size() >= kMostAttachments) return;
  const auto known = std::find_if(item.attachments.begin(), item.attachments.end(),
                                  [&](const Attachment& one) { return one.url == attachment.url; });
  if (known == item.attachments.end()) {
    item.attachments.push_back(std::move(attachment));
    return;
  }
  if (known->mime_type.empty()) known->mime_type = std::move(attachment.mime_type);
  if (known->title.empty()) known->title = std::move(attachment.title);
  if (!known->size_in_bytes) known->size_in_bytes = attachment.size_in_bytes;
  if (!known->duration) known->duration = attachment.duration;
}

void read_enclosure(Item& item, pugi::xml_node node, const std::string& base) {
  Attachment attachment;
  auto url = attribute(node, "url");
  if (url.empty()) url = attribute(node, "href");
  if (text::one_line(url).empty()) return;
  attachment.url = text::resolve_url(base, url);
  attachment.mime_type = text::one_line(attribute(node, "type"));
  attachment.title = text::one_line(attribute(node, "title"));
  attachment.size_in_bytes = read_size(attribute(node, "length"));
  add_attachment(item, std::move(attachment));
}

void read_media(Item& item, pugi::xml_node node, const Name& name, const Document& in) {
  if (name.of != Vocabulary::media) return;
  if (name.local == "group") {
    read_inside(item, node, in, Inside::group);
  } else if (name.local == "content") {
    read_media_content(item, node, in);
  } else if (name.local == "thumbnail") {
    const auto url = reference_of(node);
    // What is also a file of the item was only taken for want of a thumbnail.
    const bool stopgap = std::any_of(item.attachments.begin(), item.attachments.end(),
                                     [&](const Attachment& one) { return one.url == item.image; });
    if ((item.image.empty() || stopgap) && !url.empty())
      item.image = text::resolve_url(in.base_at(node), url);
  } else if (name.local == "peerlink") {
    read_peer(item, node, in);
  } else if (name.local == "category") {
    auto label = text::html_to_line(own_text(node));
    add_tag(item.tags, label.empty() ? text::one_line(attribute(node, "label")) : std::move(label));
  } else if (name.local == "keywords") {
    add_keywords(item.tags, own_text(node));
  } else if (name.local == "rights" || name.local == "copyright") {
    if (item.rights.empty()) item.rights = text::html_to_line(own_text(node));
  }
}

}  // namespace tocsin::parser::detail
