// SPDX-License-Identifier: MIT
#include "parser/detail/xml.hpp"

#include <cstring>
#include <sstream>
#include <vector>

#include "text/html.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {

std::string_view local_name(std::string_view name) noexcept {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view prefix(std::string_view name) noexcept {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

std::string own_text(pugi::xml_node node) {
  std::string out;
  for (const auto child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) out += child.value();
  return out;
}

std::string inner_markup(pugi::xml_node node) {
  std::ostringstream out;
  for (const auto child : node.children()) child.print(out, "", pugi::format_raw);
  return std::move(out).str();
}

std::string language_at(pugi::xml_node node) {
  for (; node; node = node.parent())
    if (const auto lang = node.attribute("xml:lang")) return lang.value();
  return {};
}

std::string base_at(pugi::xml_node node, std::string_view outer) {
  std::vector<const char*> bases;  // from the inside out
  for (; node; node = node.parent())
    if (const auto base = node.attribute("xml:base")) bases.push_back(base.value());
  std::string out(outer);
  for (auto base = bases.rbegin(); base != bases.rend(); ++base)
    out = text::resolve_url(out, *base);
  return out;
}

void set_content(Item& item, std::string_view html, std::string_view base, std::size_t limit) {
  const auto kept = text::cut_utf8(html, limit);
  item.content_html = text::sanitize_html(kept, base);
  item.content_text = text::html_to_text(kept);
}

Author read_author(std::string_view text) {
  auto line = text::one_line(text);
  Author author;
  const auto at = line.find('@');
  if (at == std::string::npos) {
    author.name = std::move(line);
    return author;
  }
  // The address is the run of characters around the @ that an address may hold.
  const auto begin = line.find_last_of(" (<\t", at) + 1;
  const auto end = std::min(line.find_first_of(" )>\t", at), line.size());
  author.email = line.substr(begin, end - begin);
  line.erase(begin, end - begin);
  const auto first = line.find_first_not_of(" ()<>");
  if (first != std::string::npos)
    author.name = line.substr(first, line.find_last_not_of(" ()<>") - first + 1);
  return author;
}

}  // namespace tocsin::parser::detail
