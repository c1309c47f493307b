// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "model/item.hpp"
#include "parser/parser.hpp"

/// What the readers of XML feeds share. Any thread: pure.
namespace tocsin::parser::detail {

/// The part of a name behind its prefix: "encoded" of "content:encoded".
std::string_view local_name(std::string_view name) noexcept;

/// The prefix of a name, or "".
std::string_view prefix(std::string_view name) noexcept;

/// All text and CDATA directly below `node`, joined.
std::string own_text(pugi::xml_node node);

/// What is below `node` as markup, as written.
std::string inner_markup(pugi::xml_node node);

/// xml:lang in force at `node`; "" when none is.
std::string language_at(pugi::xml_node node);

/// xml:base in force at `node`, resolved from the outside in, beginning with `outer`.
std::string base_at(pugi::xml_node node, std::string_view outer);

/// Puts HTML content into `item`: sanitised, and as plain text. Text longer than `limit` is cut.
void set_content(Item& item, std::string_view html, std::string_view base, std::size_t limit);

/// "name (mail)", "mail (name)", "name <mail>", a bare address or a name, taken apart.
Author read_author(std::string_view text);

/// Reads an RSS 0.9x, 1.0 or 2.0 document whose root is `root`.
Feed read_rss(pugi::xml_node root, const Source& source, const Limits& limits);

/// Reads an Atom document whose root is `root`.
Feed read_atom(pugi::xml_node root, const Source& source, const Limits& limits);

}  // namespace tocsin::parser::detail
