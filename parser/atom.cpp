// SPDX-License-Identifier: MIT
#include <charconv>

#include "parser/dates.hpp"
#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"

namespace tocsin::parser::detail {
namespace {

enum class TextType : std::uint8_t { text, html, xhtml };

TextType type_of(pugi::xml_node node) {
  const std::string_view type = node.attribute("type").value();
  if (type == "html" || type == "text/html") return TextType::html;
  if (type == "xhtml" || type == "application/xhtml+xml") return TextType::xhtml;
  return TextType::text;
}

/// The markup of an XHTML construct, without the div that wraps it.
std::string xhtml(pugi::xml_node node) {
  for (const auto child : node.children())
    if (child.type() == pugi::node_element && local_name(child.name()) == "div")
      return inner_markup(child);
  return inner_markup(node);
}

/// A text construct (RFC 4287, 3.1) as one line of plain text.
std::string line_of(pugi::xml_node node) {
  switch (type_of(node)) {
    case TextType::html: return text::html_to_line(own_text(node));
    case TextType::xhtml: return text::html_to_line(xhtml(node));
    case TextType::text: break;
  }
  return text::one_line(own_text(node));
}

/// A text construct as HTML; plain text is escaped.
std::string html_of(pugi::xml_node node) {
  switch (type_of(node)) {
    case TextType::html: return own_text(node);
    case TextType::xhtml: return xhtml(node);
    case TextType::text: break;
  }
  return text::escape_html(own_text(node));
}

Author person(pugi::xml_node node) {
  return {text::one_line(node.child_value("name")), text::one_line(node.child_value("uri")),
          text::one_line(node.child_value("email"))};
}

void read_link(Item& item, pugi::xml_node node, const std::string& outer) {
  const auto base = base_at(node, outer);
  const std::string rel = node.attribute("rel").value();
  const auto href = text::resolve_url(base, node.attribute("href").value());
  if (href.empty()) return;
  if ((rel.empty() || rel == "alternate") && item.url.empty()) item.url = href;
  if (rel == "related" && item.external_url.empty()) item.external_url = href;
  if (rel == "replies") item.comments_url = href;
  if (rel != "enclosure") return;
  Attachment attachment;
  attachment.url = href;
  attachment.mime_type = node.attribute("type").value();
  attachment.title = node.attribute("title").value();
  if (const auto length = node.attribute("length").as_ullong(); length > 0)
    attachment.size_in_bytes = length;
  item.attachments.push_back(std::move(attachment));
}

void set_date(std::optional<Timestamp>& into, pugi::xml_node node, Feed& feed) {
  const auto text = text::one_line(own_text(node));
  into = read_date(text);
  if (!into && !text.empty())
    feed.warnings.push_back("a date cannot be read: " + text.substr(0, 60));
}

Item read_entry(pugi::xml_node entry, const Source& source, const Limits& limits, Feed& feed) {
  Item item;
  for (const auto node : entry.children()) {
    const auto name = local_name(node.name());
    if (prefix(node.name()) == "media") continue;  // media:title is not the title
    if (name == "title") {
      item.title = line_of(node);
    } else if (name == "id") {
      item.id = text::one_line(own_text(node));
    } else if (name == "link") {
      read_link(item, node, source.url);
    } else if (name == "published" || name == "issued") {
      set_date(item.published, node, feed);
    } else if (name == "updated" || name == "modified") {
      set_date(item.modified, node, feed);
    } else if (name == "summary") {
      item.summary = text::html_to_text(html_of(node));
    } else if (name == "content") {
      set_content(item, html_of(node), base_at(node, source.url), limits.max_field);
    } else if (name == "author") {
      item.authors.push_back(person(node));
    } else if (name == "contributor") {
      item.contributors.push_back(person(node));
    } else if (name == "category") {
      const auto label = node.attribute("label") ? node.attribute("label") : node.attribute("term");
      if (*label.value() != '\0') item.tags.emplace_back(label.value());
    } else if (name == "rights") {
      item.rights = line_of(node);
    }
  }
  item.language = language_at(entry);
  return item;
}

void read_feed_element(Feed& feed, pugi::xml_node node, const Source& source) {
  const std::string_view name = local_name(node.name());
  if (name == "title") feed.title = line_of(node);
  if (name == "subtitle") feed.description = line_of(node);
  if (name == "generator") feed.generator = text::one_line(own_text(node));
  if (name == "rights") feed.rights = line_of(node);
  if (name == "updated") feed.updated = read_date(text::one_line(own_text(node)));
  if (name == "icon") feed.icon = text::resolve_url(base_at(node, source.url), own_text(node));
  if (name == "logo") feed.image = text::resolve_url(base_at(node, source.url), own_text(node));
  if (name == "author") feed.authors.push_back(person(node));
  if (name != "link") return;
  const std::string_view rel = node.attribute("rel").value();
  const auto href = text::resolve_url(base_at(node, source.url), node.attribute("href").value());
  if (rel.empty() || rel == "alternate") feed.home_page_url = href;
  if (rel == "self") feed.self = href;
  if (rel == "hub") feed.hubs.push_back(href);
}

}  // namespace

Feed read_atom(pugi::xml_node root, const Source& source, const Limits& limits) {
  Feed feed;
  feed.format =
      std::string_view(root.attribute("version").value()) == "0.3" ? "atom-0.3" : "atom-1.0";
  feed.language = language_at(root);
  for (const auto node : root.children()) {
    if (local_name(node.name()) != "entry") {
      read_feed_element(feed, node, source);
      continue;
    }
    if (feed.items.size() == limits.max_items) {
      feed.warnings.push_back("only the first " + std::to_string(limits.max_items) +
                              " items were read");
      break;
    }
    feed.items.push_back(read_entry(node, source, limits, feed));
  }
  return feed;
}

}  // namespace tocsin::parser::detail
