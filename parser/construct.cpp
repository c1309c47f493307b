// SPDX-License-Identifier: MIT
// Text constructs: what a piece of text in a feed means.
#include <algorithm>
#include <optional>

#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace {

std::optional<unsigned> base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0' + 52);
  if (c == '+' || c == '-') return 62U;
  if (c == '/' || c == '_') return 63U;
  return std::nullopt;
}

/// What `text` says in base64 (RFC 4648); empty when it is none.
std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    if (c == '=' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const auto digit = base64_digit(c);
    if (!digit) return std::nullopt;
    bits = (bits << 6U | *digit) & 0xFFFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFFU);
  }
  if (out.empty()) return std::nullopt;
  return text::repaired_utf8(out);
}

/// Names without the prefix that stands for XHTML: "<xhtml:p>" is "<p>" for who reads HTML.
std::string without_prefix(std::string_view markup, const std::string& prefix) {
  const auto written = prefix + ":";
  std::string out;
  out.reserve(markup.size());
  while (!markup.empty()) {
    auto name = std::min(markup.find('<'), markup.size() - 1) + 1;
    if (name < markup.size() && markup[name] == '/') ++name;
    out.append(markup.substr(0, name));
    markup.remove_prefix(name);
    if (markup.starts_with(written)) markup.remove_prefix(written.size());
  }
  return out;
}

/// Elements as HTML, without the one `div` that wraps them.
Construct markup_of(pugi::xml_node node, const Document& in) {
  pugi::xml_node only;
  std::size_t elements = 0;
  std::string used;
  for (const auto child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    ++elements;
    only = child;
    if (in.names.of(child).of == Vocabulary::xhtml) used = prefix(child.name());
  }
  const bool wrapped =
      elements == 1 && lower(local_name(only.name())) == "div" && text::is_blank(own_text(node));
  const auto from = wrapped ? only : node;
  auto markup = inner_markup(from);
  return {Text(used.empty() ? std::move(markup) : without_prefix(markup, used)), true, from};
}

enum class Kind : std::uint8_t { plain, html, unknown, binary };

Kind kind_of(std::string_view type) {
  if (type.empty()) return Kind::unknown;
  if (type == "text" || type == "text/plain") return Kind::plain;
  if (type == "html" || type == "text/html" || type == "xhtml" || type.ends_with("xhtml+xml"))
    return Kind::html;
  if (type.starts_with("text/") || type.ends_with("xml")) return Kind::unknown;
  return Kind::binary;
}

}  // namespace

Construct read_construct(pugi::xml_node node, const Document& in) {
  const bool untyped = !node.first_attribute();
  const auto kind =
      untyped ? Kind::unknown : kind_of(lower(text::one_line(attribute(node, "type"))));
  const auto mode = untyped ? std::string() : lower(text::one_line(attribute(node, "mode")));
  if (has_elements(node)) return markup_of(node, in);
  auto text = own_text(node);
  if (mode == "base64" || kind == Kind::binary) {
    if (auto decoded = from_base64(text)) {
      const bool html =
          kind == Kind::html || (kind != Kind::plain && text::looks_like_html(*decoded));
      return {Text(std::move(*decoded)), html, node};
    }
  }
  if (kind == Kind::html) return {std::move(text), true, node};
  return {std::move(text), in.is_rss && kind != Kind::plain, node};
}

std::string Construct::as_line() const {
  return is_html ? text::html_to_line(text) : text::one_line(text);
}

std::string Construct::as_plain() const {
  return is_html ? text::html_to_text(text) : text::tidy_paragraphs(text);
}

Text Construct::as_html() const {
  return is_html ? Text(std::string_view(text)) : Text(text::escape_html(text));
}

}  // namespace tocsin::parser::detail
