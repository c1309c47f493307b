// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

#include "model/item.hpp"
#include "parser/detail/names.hpp"
#include "parser/parser.hpp"

/// What the readers of XML feeds share. Any thread: pure.
namespace tocsin::parser::detail {

/// ASCII letters in lower case.
std::string lower(std::string_view text);

/// Without the white space around it.
std::string trimmed(std::string_view text);

/// The part of a name behind its prefix: "encoded" of "content:encoded".
std::string_view local_name(std::string_view name) noexcept;

/// The prefix of a name, or "".
std::string_view prefix(std::string_view name) noexcept;

/// The attribute called `name` in any case, or "".
std::string_view attribute(pugi::xml_node node, std::string_view name) noexcept;

/// The attribute whose name behind its prefix is `local`, such as rdf:about, or "".
std::string_view local_attribute(pugi::xml_node node, std::string_view local) noexcept;

/// What a link is for: its "rel" in lower case, without the registry that some write before it.
std::string relation_of(pugi::xml_node node);

/// The address that an image element gives: in "href" or "url", else as its text.
std::string reference_of(pugi::xml_node node);

/// Text that stands in the tree in one piece, and is borrowed from it, or that was put together.
class Text {
 public:
  Text() = default;
  explicit Text(std::string_view in_tree) noexcept : in_tree_(in_tree) {}
  explicit Text(std::string joined) noexcept : joined_(std::move(joined)) {}

  operator std::string_view() const noexcept { return joined_.empty() ? in_tree_ : joined_; }

 private:
  std::string_view in_tree_;
  std::string joined_;
};

/// All text and CDATA directly below `node`, joined; it lasts as long as the tree.
Text own_text(pugi::xml_node node);

/// True when there are elements below `node`.
bool has_elements(pugi::xml_node node) noexcept;

/// What is below `node` as markup, as written.
std::string inner_markup(pugi::xml_node node);

/// xml:lang in force at `node`, with "-" between its parts; "" when none is.
std::string language_at(pugi::xml_node node);

/// xml:base in force at `node`, resolved from the outside in, beginning with `outer`.
std::string base_at(pugi::xml_node node, std::string_view outer);

/// One document while it is read.
struct Document {
  const Names& names;
  const Limits& limits;
  Feed& feed;
  std::string base;     ///< for links that no xml:base covers
  bool is_rss = false;  ///< untyped text may be HTML

  /// The base in force at `node`.
  [[nodiscard]] std::string base_at(pugi::xml_node node) const {
    return names.has_bases() ? detail::base_at(node, base) : base;
  }

  /// xml:lang in force at `node`; "" when none is.
  [[nodiscard]] std::string language_at(pugi::xml_node node) const {
    return names.has_languages() ? detail::language_at(node) : std::string();
  }
};

/// A piece of text as the document means it (RFC 4287, 3.1, Atom 0.3's modes, and RSS, where text
/// is HTML when it plainly carries markup).
struct Construct {
  Text text;
  bool is_html = false;
  pugi::xml_node from;  ///< the element whose language and base are in force

  [[nodiscard]] std::string as_line() const;   ///< one line of plain text
  [[nodiscard]] std::string as_plain() const;  ///< plain text with its paragraphs
  [[nodiscard]] Text as_html() const;          ///< lasts as long as the construct
};
Construct read_construct(pugi::xml_node node, const Document& in);

/// Takes `node` as a date. Where it is none, `into` stays and there is a warning.
void read_date_into(std::optional<Timestamp>& into, std::string_view text, Feed& feed);

/// "name (mail)", "mail (name)", "name <mail>", a bare address or a name, taken apart; `text` may
/// be HTML.
Author read_author(std::string_view text);

/// A person construct of Atom, or text as `read_author` takes it apart.
Author read_person(pugi::xml_node node, const Document& in);

/// Adds `author` unless it is empty or there already.
void add_author(std::vector<Author>& authors, Author author);

/// Adds `tag` unless it is empty or there already.
void add_tag(std::vector<std::string>& tags, std::string tag);

/// Likewise every part of "one, two, three".
void add_keywords(std::vector<std::string>& tags, std::string_view keywords);

/// Reads one item or entry.
Item read_item(pugi::xml_node node, const Document& in);

/// Enclosures, links to files and Media RSS: attachments and the image of an item.
void add_attachment(Item& item, Attachment attachment);
void read_enclosure(Item& item, pugi::xml_node node, const std::string& base);
void read_media(Item& item, pugi::xml_node node, const Name& name, const Document& in);

/// Seconds of "1:02:03", "62:03", "3723", "1h 2m" or "PT1H2M3S"; empty for what is none.
std::optional<std::chrono::seconds> read_span(std::string_view text);

/// Reads the feed whose root element is `root`, or that stands somewhere below it; `text` is what
/// the tree was made from. Errors: malformed when there is none.
Result<Feed> read_xml_feed(pugi::xml_node root, std::string_view text, const Source& source,
                           const Limits& limits);

}  // namespace tocsin::parser::detail
