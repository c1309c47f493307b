// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "text/detail/html_writers.hpp"
#include "text/detail/word_head.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/url.hpp"

namespace tocsin::text {
namespace detail {
namespace {

constexpr auto kNone = std::string_view::npos;

/// What is done with the value of an attribute.
enum class Use : std::uint8_t { none, url, urls, text };

struct KnownAttribute {
  std::string_view name;
  Use use;
};

constexpr auto kAttributes = std::to_array<KnownAttribute>({
    {"href", Use::url},      {"src", Use::url},      {"poster", Use::url},    {"cite", Use::url},
    {"data", Use::url},      {"longdesc", Use::url}, {"srcset", Use::urls},   {"alt", Use::text},
    {"title", Use::text},    {"lang", Use::text},    {"dir", Use::text},      {"width", Use::text},
    {"height", Use::text},   {"colspan", Use::text}, {"rowspan", Use::text},  {"scope", Use::text},
    {"start", Use::text},    {"type", Use::text},    {"datetime", Use::text}, {"rel", Use::text},
    {"controls", Use::text}, {"align", Use::text},
});

constexpr auto kHeads = [] {
  std::array<std::uint64_t, kAttributes.size()> heads{};
  for (std::size_t i = 0; i < heads.size(); ++i) heads[i] = word_head(kAttributes[i].name);
  return heads;
}();

Use use_of(std::string_view name) {
  if (name.size() > 8) return Use::none;  // none is longer: their heads are all of them
  const auto found = std::find(kHeads.begin(), kHeads.end(), word_head(name));
  if (found == kHeads.end()) return Use::none;
  return kAttributes[static_cast<std::size_t>(found - kHeads.begin())].use;
}

bool among(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr bool is_markup(char c) {
  return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

/// True for what is an address of the web, or a path on a site, without a character that would need
/// a second look.
bool is_plain_web_url(std::string_view written) {
  const bool path = written.starts_with('/') && !written.starts_with("//");
  if (!path && !written.starts_with("https://") && !written.starts_with("http://")) return false;
  return std::all_of(written.begin(), written.end(),
                     [](char c) { return c > ' ' && c < '\x7F' && !is_markup(c); });
}

/// Absolute and harmless, or "". Controls and blanks inside a scheme fool browsers: they go first.
std::string safe_url(std::string_view written, std::string_view base) {
  if (is_plain_web_url(written) && (written[0] == 'h' || base.starts_with("http")))
    return resolve_url(base, written);
  std::string plain;
  plain.reserve(written.size());
  for (const char c : resolve_references(written, ReferenceIn::attribute))
    if (static_cast<unsigned char>(c) > 0x20 || c == ' ') plain += c;
  auto url = resolve_url(base, plain);
  const auto colon = url.find(':');
  if (colon == std::string::npos || url.find_first_of("/?#") < colon) return url;  // relative
  std::string scheme = url.substr(0, colon);
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
  static constexpr std::array<std::string_view, 6> kSchemes = {"http", "https", "mailto",
                                                               "ftp",  "tel",   "xmpp"};
  return among(kSchemes, scheme) ? url : std::string{};
}

std::string safe_srcset(std::string_view written, std::string_view base) {
  std::string out;
  while (!written.empty()) {
    const auto comma = std::min(written.find(", "), written.size());
    auto candidate = written.substr(0, comma);
    written.remove_prefix(std::min(comma + 2, written.size()));
    const auto start = candidate.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) continue;
    candidate.remove_prefix(start);
    const auto end = std::min(candidate.find(' '), candidate.size());
    const auto url = safe_url(candidate.substr(0, end), base);
    if (url.empty()) continue;
    out.append(out.empty() ? "" : ", ").append(url).append(candidate.substr(end));
  }
  return out;
}

/// True for a value that is written just as it would be written anew.
bool stays(std::string_view value, Use use, std::string_view base) {
  switch (use) {
    case Use::url:
      if (!base.empty()) return is_resolved_url(value) && value.find('&') == kNone;
      return is_plain_web_url(value) && value[0] == 'h';
    case Use::text: return !value.empty() && std::none_of(value.begin(), value.end(), is_markup);
    default: return false;
  }
}

/// True for attributes that are all written just as they would be written anew.
bool stay(std::string_view attributes, std::string_view base) {
  while (!attributes.empty()) {
    const auto equals = attributes.find('=');
    if (attributes[0] != ' ' || equals == kNone || equals + 2 >= attributes.size()) return false;
    const auto use = use_of(attributes.substr(1, equals - 1));
    const auto close = attributes[equals + 1] == '"' ? attributes.find('"', equals + 2) : kNone;
    if (close == kNone) return false;
    if (!stays(attributes.substr(equals + 2, close - equals - 2), use, base)) return false;
    attributes.remove_prefix(close + 1);
  }
  return true;
}

}  // namespace

void HtmlSanitizer::text(const HtmlToken& token) {
  if (!token.angles) return keep(token.text);
  // What could begin a tag is escaped. There is next to never any, and no text is long.
  flush();
  const auto text = token.text;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '<' && text[at] != '>') continue;
    out_.append(text, copied, at - copied).append(text[at] == '<' ? "&lt;" : "&gt;");
    copied = at + 1;
  }
  out_.append(text, copied);
}

void HtmlSanitizer::tag(const HtmlToken& token, const HtmlElement* element) {
  if (element == nullptr || element->kept != HtmlElement::Kept::tags) return;
  if (token.kind == HtmlToken::Kind::open)
    open(*element, token);
  else
    close(*element, token);
}

void HtmlSanitizer::open(const HtmlElement& element, const HtmlToken& token) {
  if (token.tidy && stay(token.attributes, base_)) {
    keep(token.written);
  } else {
    flush();
    out_.append("<").append(element.name);
    attributes(token.attributes);
    out_ += '>';
  }
  constexpr std::size_t kDeepest = 256;
  if (element.is_void) return;
  open_.push_back(&element);
  if (open_.size() > kDeepest) end_last();
}

void HtmlSanitizer::attributes(std::string_view rest) {
  HtmlAttribute attribute;
  while (next_attribute(rest, attribute)) {
    const auto use = use_of(attribute.name);
    if (use == Use::url && !root_.empty() && is_plain_path(attribute.value) &&
        attribute.value.find('&') == kNone) {
      put(attribute.name, root_, attribute.value);
      continue;
    }
    std::string value;
    switch (use) {
      case Use::url: value = safe_url(attribute.value, base_); break;
      case Use::urls: value = safe_srcset(attribute.value, base_); break;
      case Use::text: value = resolve_references(attribute.value, ReferenceIn::attribute); break;
      case Use::none: break;
    }
    if (value.empty()) continue;
    if (std::any_of(value.begin(), value.end(), is_markup)) value = escape_html(value);
    put(attribute.name, {}, value);
  }
}

void HtmlSanitizer::put(std::string_view name, std::string_view root, std::string_view value) {
  out_.append(" ").append(name).append("=\"").append(root).append(value) += '"';
}

void HtmlSanitizer::close(const HtmlElement& element, const HtmlToken& token) {
  if (!open_.empty() && open_.back() == &element && token.tidy && token.attributes.empty()) {
    open_.pop_back();
    return keep(token.written);
  }
  if (std::find(open_.begin(), open_.end(), &element) == open_.end()) return;
  while (open_.back() != &element) end_last();
  end_last();
}

void HtmlSanitizer::end_last() {
  flush();
  out_.append("</").append(open_.back()->name).append(">");
  open_.pop_back();
}

std::string HtmlSanitizer::take() && {
  while (!open_.empty()) end_last();
  flush();
  return std::move(out_);
}

}  // namespace detail

std::string sanitize_html(std::string_view html, std::string_view base_url) {
  detail::HtmlSanitizer markup(base_url, html.size());
  detail::read_html(html, markup);
  return std::move(markup).take();
}

}  // namespace tocsin::text
