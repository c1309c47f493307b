// SPDX-License-Identifier: MIT
#include "parser/detail/xml.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "parser/dates.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

std::string_view local_name(std::string_view name) noexcept {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view prefix(std::string_view name) noexcept {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

std::string_view attribute(pugi::xml_node node, std::string_view name) noexcept {
  for (auto one = node.first_attribute(); one; one = one.next_attribute()) {
    const std::string_view found = one.name();
    if (found.size() == name.size() &&
        std::equal(found.begin(), found.end(), name.begin(),
                   [](char a, char b) { return (a | 0x20) == (b | 0x20); }))
      return one.value();
  }
  return {};
}

std::string_view local_attribute(pugi::xml_node node, std::string_view local) noexcept {
  for (auto one = node.first_attribute(); one; one = one.next_attribute())
    if (local_name(one.name()) == local) return one.value();
  return {};
}

std::string relation_of(pugi::xml_node node) {
  auto relation = lower(text::one_line(attribute(node, "rel")));
  constexpr std::string_view kRegistry = "http://www.iana.org/assignments/relation/";
  if (relation.starts_with(kRegistry)) relation.erase(0, kRegistry.size());
  return relation;
}

std::string reference_of(pugi::xml_node node) {
  auto reference = text::one_line(attribute(node, "href"));
  if (reference.empty()) reference = text::one_line(attribute(node, "url"));
  if (reference.empty()) reference = text::one_line(own_text(node));
  return reference;
}

Text own_text(pugi::xml_node node) {
  std::string_view first;
  std::string joined;
  for (auto child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
    if (first.empty()) {
      first = child.value();
    } else {
      if (joined.empty()) joined = first;
      joined += child.value();
    }
  }
  return joined.empty() ? Text(first) : Text(std::move(joined));
}

bool has_elements(pugi::xml_node node) noexcept {
  for (auto child = node.first_child(); child; child = child.next_sibling())
    if (child.type() == pugi::node_element) return true;
  return false;
}

std::string inner_markup(pugi::xml_node node) {
  std::ostringstream out;
  for (const auto child : node.children()) child.print(out, "", pugi::format_raw);
  return std::move(out).str();
}

std::string language_at(pugi::xml_node node) {
  for (; node; node = node.parent()) {
    if (const auto lang = node.attribute("xml:lang")) {
      auto tag = text::one_line(lang.value());
      std::replace(tag.begin(), tag.end(), '_', '-');
      return tag;
    }
  }
  return {};
}

std::string base_at(pugi::xml_node node, std::string_view outer) {
  constexpr std::size_t kLongestBase = 2'000;  // longer than any address of a page
  std::vector<const char*> bases;              // from the inside out
  for (; node; node = node.parent())
    if (const auto base = node.attribute("xml:base");
        base && std::string_view(base.value()).size() <= kLongestBase)
      bases.push_back(base.value());
  std::string out(outer);
  for (auto base = bases.rbegin(); base != bases.rend(); ++base)
    out = text::resolve_url(out, *base);
  return out;
}

void read_date_into(std::optional<Timestamp>& into, std::string_view text, Feed& feed) {
  const auto line = text::one_line(text);
  if (line.empty()) return;
  if (const auto when = read_date(line)) {
    into = when;
    return;
  }
  constexpr std::size_t kMostWarnings = 20;
  if (feed.warnings.size() < kMostWarnings)
    feed.warnings.push_back("a date cannot be read: " + std::string(text::cut_utf8(line, 60)));
}

namespace {

/// What stands around names and addresses and belongs to neither.
std::string_view without_signs(std::string_view text) {
  constexpr std::string_view kSigns = " \t()<>[],;:\"-";
  const auto first = text.find_first_not_of(kSigns);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSigns) - first + 1);
}

/// Text that names a person: HTML, but "<me@example.org>" is no tag.
std::string person_line(std::string_view text) {
  if (text.find('@') != std::string_view::npos && !text::has_html_tag(text))
    return text::one_line(text::resolve_references(text));
  return text::html_to_line(text);
}

}  // namespace

Author read_author(std::string_view text) {
  auto line = person_line(text);
  Author author;
  constexpr std::string_view kEnds = " \t()<>[],;\"";
  const auto at = line.find('@');
  const auto begin = at == std::string::npos ? at : line.find_last_of(kEnds, at) + 1;
  const auto end = std::min(line.find_first_of(kEnds, std::min(at, line.size())), line.size());
  if (at == std::string::npos || begin == at || at + 1 >= end) {
    author.name = std::move(line);
    return author;
  }
  // The address is the run of characters around the @ that an address may hold.
  author.email = line.substr(begin, end - begin);
  line.erase(begin, end - begin);
  author.name = without_signs(line);
  if (lower(author.email).starts_with("mailto:")) author.email.erase(0, 7);
  return author;
}

Author read_person(pugi::xml_node node, const Document& in) {
  if (!has_elements(node)) return read_author(own_text(node));
  Author author;
  for (const auto child : node.children()) {
    const auto name = lower(local_name(child.name()));
    const auto value = text::one_line(own_text(child));
    if (name == "name" || name == "title") author.name = value;
    if (name == "email" || name == "mbox") author.email = value;
    if (name == "uri" || name == "url" || name == "homepage")
      author.url = text::resolve_url(base_at(child, in.base), value);
  }
  if (author.email.empty() && author.name.find('@') != std::string::npos) {
    auto taken_apart = read_author(author.name);
    author.name = std::move(taken_apart.name);
    author.email = std::move(taken_apart.email);
  }
  return author;
}

void add_author(std::vector<Author>& authors, Author author) {
  constexpr std::size_t kMostAuthors = 500;
  if (author.name.empty() && author.email.empty() && author.url.empty()) return;
  if (authors.size() >= kMostAuthors) return;
  const bool known = std::any_of(authors.begin(), authors.end(), [&](const Author& one) {
    return one.name == author.name && (author.email.empty() || one.email == author.email) &&
           (author.url.empty() || one.url == author.url);
  });
  if (!known) authors.push_back(std::move(author));
}

void add_tag(std::vector<std::string>& tags, std::string tag) {
  constexpr std::size_t kMostTags = 1'000;
  if (tag.empty() || tags.size() >= kMostTags) return;
  if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(std::move(tag));
}

void add_keywords(std::vector<std::string>& tags, std::string_view keywords) {
  while (!keywords.empty()) {
    const auto end = std::min(keywords.find(','), keywords.size());
    add_tag(tags, text::html_to_line(keywords.substr(0, end)));
    keywords.remove_prefix(std::min(end + 1, keywords.size()));
  }
}

}  // namespace tocsin::parser::detail
