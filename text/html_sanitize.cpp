// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "text/detail/html_writers.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/url.hpp"

namespace tocsin::text {
namespace detail {
namespace {

constexpr std::array<std::string_view, 6> kUrlAttributes = {"href", "src",  "poster",
                                                            "cite", "data", "longdesc"};
constexpr std::array<std::string_view, 15> kAttributes = {
    "alt",   "title", "lang", "dir",      "width", "height",   "colspan", "rowspan",
    "scope", "start", "type", "datetime", "rel",   "controls", "align"};

bool among(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// True for what is an address of the web, or a path on a site, without a character that would need
/// a second look.
bool is_plain_web_url(std::string_view written) {
  const bool path = written.starts_with('/') && !written.starts_with("//");
  if (!path && !written.starts_with("https://") && !written.starts_with("http://")) return false;
  return std::all_of(written.begin(), written.end(), [](char c) {
    return c > ' ' && c < '\x7F' && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
  });
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

}  // namespace

void HtmlSanitizer::text(std::string_view text) {
  // What could begin a tag is escaped. There is next to never any, and no text is long.
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
    open(*element, token.attributes);
  else
    close(*element);
}

void HtmlSanitizer::open(const HtmlElement& element, std::string_view attributes_written) {
  out_.append("<").append(element.name);
  if (!attributes_written.empty()) attributes(attributes_written);
  out_ += '>';
  constexpr std::size_t kDeepest = 256;
  if (element.is_void) return;
  open_.push_back(&element);
  if (open_.size() > kDeepest) end_last();
}

void HtmlSanitizer::attributes(std::string_view rest) {
  HtmlAttribute attribute;
  while (next_attribute(rest, attribute)) {
    std::string value;
    if (among(kUrlAttributes, attribute.name))
      value = safe_url(attribute.value, base_);
    else if (attribute.name == "srcset")
      value = safe_srcset(attribute.value, base_);
    else if (among(kAttributes, attribute.name))
      value = resolve_references(attribute.value, ReferenceIn::attribute);
    if (value.empty()) continue;
    out_.append(" ").append(attribute.name).append("=\"");
    if (value.find_first_of("&<>\"'") == std::string::npos)
      out_.append(value);
    else
      out_.append(escape_html(value));
    out_ += '"';
  }
}

void HtmlSanitizer::close(const HtmlElement& element) {
  if (std::find(open_.begin(), open_.end(), &element) == open_.end()) return;
  while (open_.back() != &element) end_last();
  end_last();
}

void HtmlSanitizer::end_last() {
  out_.append("</").append(open_.back()->name).append(">");
  open_.pop_back();
}

std::string HtmlSanitizer::take() && {
  while (!open_.empty()) end_last();
  return std::move(out_);
}

}  // namespace detail

std::string sanitize_html(std::string_view html, std::string_view base_url) {
  detail::HtmlSanitizer markup(base_url, html.size());
  detail::read_html(html, markup);
  return std::move(markup).take();
}

}  // namespace tocsin::text
