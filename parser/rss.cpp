// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <map>

#include "parser/dates.hpp"
#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"

namespace tocsin::parser::detail {
namespace {

struct Context {
  std::string base;
  const Limits& limits;
  Feed& feed;
};

void set_date(std::optional<Timestamp>& into, pugi::xml_node node, Feed& feed) {
  const auto text = text::one_line(own_text(node));
  if (text.empty()) return;
  if (auto when = read_date(text))
    into = when;
  else
    feed.warnings.push_back("a date cannot be read: " + text.substr(0, 60));
}

void add_enclosure(Item& item, pugi::xml_node node, const std::string& base) {
  Attachment attachment;
  attachment.url = text::resolve_url(base, node.attribute("url").value());
  attachment.mime_type = node.attribute("type").value();
  const std::string_view length = node.attribute("length").value();
  std::uint64_t bytes = 0;
  if (std::from_chars(length.data(), length.data() + length.size(), bytes).ec == std::errc{} &&
      bytes > 0)
    attachment.size_in_bytes = bytes;
  if (!attachment.url.empty()) item.attachments.push_back(std::move(attachment));
}

void read_guid(Item& item, pugi::xml_node node) {
  item.id = text::one_line(own_text(node));
  const std::string_view permalink = node.attribute("isPermaLink").value();
  item.guid_is_permalink = permalink != "false";
}

/// The elements of an item that have no prefix.
void read_plain(Item& item, std::string& description, pugi::xml_node node, const Context& in) {
  const auto name = local_name(node.name());
  const auto value = own_text(node);
  if (name == "title")
    item.title = text::html_to_line(value);
  else if (name == "link" && item.url.empty())
    item.url = text::resolve_url(in.base, value.empty() ? node.attribute("href").value() : value);
  else if (name == "description")
    description = value;
  else if (name == "guid")
    read_guid(item, node);
  else if (name == "pubDate")
    set_date(item.published, node, in.feed);
  else if (name == "author")
    item.authors.push_back(read_author(value));
  else if (name == "category" && !text::one_line(value).empty())
    item.tags.push_back(text::html_to_line(value));
  else if (name == "enclosure")
    add_enclosure(item, node, in.base);
  else if (name == "comments")
    item.comments_url = text::resolve_url(in.base, value);
  else if (name == "source")
    item.source_title = text::html_to_line(value), item.source_url = node.attribute("url").value();
}

/// The elements of modules, by their usual prefixes.
void read_module(Item& item, std::string& encoded, pugi::xml_node node, const Context& in) {
  const std::string_view name = node.name();
  if (name == "content:encoded")
    encoded = own_text(node);
  else if (name == "dc:creator")
    item.authors.push_back(read_author(own_text(node)));
  else if (name == "dc:date" && !item.published)
    set_date(item.published, node, in.feed);
  else if (name == "dc:subject")
    item.tags.push_back(text::one_line(own_text(node)));
  else if (name == "atom:updated" || name == "dcterms:modified")
    set_date(item.modified, node, in.feed);
  else if ((name == "media:thumbnail" || name == "itunes:image") && item.image.empty())
    item.image =
        text::resolve_url(in.base, node.attribute(name == "itunes:image" ? "href" : "url").value());
}

Item read_item(pugi::xml_node node, const Context& in) {
  Item item;
  std::string description;
  std::string encoded;
  for (const auto child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const auto of = prefix(child.name());
    if (of.empty() || of == "rss")
      read_plain(item, description, child, in);
    else
      read_module(item, encoded, child, in);
  }
  if (!encoded.empty()) {
    set_content(item, encoded, in.base, in.limits.max_field);
    item.summary = text::html_to_text(description);
  } else {
    set_content(item, description, in.base, in.limits.max_field);
  }
  item.language = language_at(node);
  if (item.url.empty() && item.guid_is_permalink.value_or(false) &&
      item.id.find("://") != std::string::npos)
    item.url = item.id;
  return item;
}

void read_channel_element(Feed& feed, pugi::xml_node node, const std::string& base) {
  const std::string_view name = node.name();
  const auto value = text::one_line(own_text(node));
  if (name == "title") feed.title = text::html_to_line(own_text(node));
  if (name == "link") feed.home_page_url = text::resolve_url(base, value);
  if (name == "description") feed.description = text::html_to_text(own_text(node));
  if (name == "language" || name == "dc:language") feed.language = value;
  if (name == "generator") feed.generator = value;
  if (name == "copyright") feed.rights = value;
  if (name == "lastBuildDate" || (name == "pubDate" && !feed.updated))
    feed.updated = read_date(value);
  int minutes = 0;
  if (name == "ttl" &&
      std::from_chars(value.data(), value.data() + value.size(), minutes).ec == std::errc{} &&
      minutes > 0)
    feed.ttl = std::chrono::minutes{minutes};
  if (local_name(name) != "link" || prefix(name).empty()) return;
  const std::string_view rel = node.attribute("rel").value();
  const auto href = text::resolve_url(base, node.attribute("href").value());
  if (rel == "self") feed.self = href;
  if (rel == "hub") feed.hubs.push_back(href);
}

void read_skips(Feed& feed, pugi::xml_node channel) {
  static const std::map<std::string_view, unsigned> kDays = {
      {"Sunday", 0},   {"Monday", 1}, {"Tuesday", 2}, {"Wednesday", 3},
      {"Thursday", 4}, {"Friday", 5}, {"Saturday", 6}};
  for (const auto hour : channel.child("skipHours").children("hour")) {
    const auto value = hour.text().as_uint(99);
    if (value <= 24) feed.skip_hours |= 1U << (value % 24);
  }
  for (const auto day : channel.child("skipDays").children("day"))
    if (const auto found = kDays.find(day.text().get()); found != kDays.end())
      feed.skip_days = static_cast<std::uint8_t>(feed.skip_days | (1U << found->second));
}

std::string format_of(pugi::xml_node root) {
  if (local_name(root.name()) == "RDF") return "rss-1.0";
  const std::string version = root.attribute("version").value();
  for (const auto* known : {"0.91", "0.92", "0.93", "0.94"})
    if (version == known) return "rss-" + version;
  return "rss-2.0";
}

}  // namespace

Feed read_rss(pugi::xml_node root, const Source& source, const Limits& limits) {
  Feed feed;
  feed.format = format_of(root);
  const auto channel = root.child("channel") ? root.child("channel") : root;
  const Context in{base_at(channel, source.url), limits, feed};
  for (const auto node : channel.children()) read_channel_element(feed, node, in.base);
  read_skips(feed, channel);
  // Items stand in the channel, in RSS 1.0 beside it.
  for (const auto parent : {channel, root}) {
    for (const auto node : parent.children()) {
      if (std::string_view(node.name()) != "item") continue;
      if (feed.items.size() == limits.max_items) {
        feed.warnings.push_back("only the first " + std::to_string(limits.max_items) +
                                " items were read");
        return feed;
      }
      feed.items.push_back(read_item(node, in));
    }
    if (channel == root) break;
  }
  return feed;
}

}  // namespace tocsin::parser::detail
