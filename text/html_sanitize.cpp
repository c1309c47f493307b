// SPDX-License-Identifier: MIT
// An allow-list, as OWASP advises: what is not known to be harmless does not pass. Elements that
// are not known lose their tags and keep their text.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "text/detail/html_scan.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/url.hpp"

namespace tocsin::text {
namespace {

using detail::HtmlAttribute;
using detail::HtmlScanner;
using detail::HtmlToken;

constexpr std::array<std::string_view, 66> kElements = {
    "a",      "abbr",     "address",    "article", "aside",   "audio",  "b",       "bdi",
    "bdo",    "big",      "blockquote", "br",      "caption", "center", "cite",    "code",
    "col",    "colgroup", "dd",         "del",     "details", "dfn",    "div",     "dl",
    "dt",     "em",       "figcaption", "figure",  "font",    "footer", "h1",      "h2",
    "h3",     "h4",       "h5",         "h6",      "header",  "hr",     "i",       "img",
    "ins",    "kbd",      "li",         "mark",    "ol",      "p",      "picture", "pre",
    "q",      "s",        "samp",       "section", "small",   "source", "span",    "strike",
    "strong", "sub",      "sup",        "table",   "tbody",   "td",     "th",      "tr",
    "u",      "ul"};
constexpr std::array<std::string_view, 7> kMoreElements = {"thead", "tfoot", "time", "tt",
                                                           "var",   "video", "wbr"};
constexpr std::array<std::string_view, 6> kVoid = {"br", "col", "hr", "img", "source", "wbr"};
constexpr std::array<std::string_view, 6> kUrlAttributes = {"href", "src",  "poster",
                                                            "cite", "data", "longdesc"};
constexpr std::array<std::string_view, 15> kAttributes = {
    "alt",   "title", "lang", "dir",      "width", "height",   "colspan", "rowspan",
    "scope", "start", "type", "datetime", "rel",   "controls", "align"};

bool among(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_allowed(std::string_view name) {
  return among(kElements, name) || among(kMoreElements, name);
}

/// Absolute and harmless, or "". Controls and blanks inside a scheme fool browsers: they go first.
std::string safe_url(std::string_view written, std::string_view base) {
  std::string plain;
  for (const char c : resolve_references(written, ReferenceIn::attribute))
    if (static_cast<unsigned char>(c) > 0x20 || c == ' ') plain += c;
  auto url = resolve_url(base, plain);
  const auto colon = url.find(':');
  if (colon == std::string::npos || url.find_first_of("/?#") < colon) return url;  // relative
  std::string scheme = url.substr(0, colon);
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), detail::lower);
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

class Sanitizer {
 public:
  Sanitizer(std::string_view html, std::string_view base) : scanner_(html), base_(base) {
    out_.reserve(html.size());
  }

  std::string run() {
    for (HtmlToken token; scanner_.next(token);) {
      if (token.kind == HtmlToken::Kind::text) text(token.text);
      if (token.kind == HtmlToken::Kind::open) open(token);
      if (token.kind == HtmlToken::Kind::close) close(std::string(token.name));
    }
    while (!open_.empty()) end_last();
    return std::move(out_);
  }

 private:
  /// References stay as they are; what could begin a tag is escaped.
  void text(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
      auto end = at;
      while (end < raw.size() && raw[end] != '<' && raw[end] != '>') ++end;
      out_.append(raw, at, end - at);
      if (end < raw.size()) out_ += raw[end] == '<' ? "&lt;" : "&gt;";
      at = end + 1;
    }
  }

  void open(const HtmlToken& token) {
    const std::string name(token.name);
    if (detail::is_dropped_element(name)) {
      scanner_.skip_raw(name);
      return;
    }
    if (!is_allowed(name)) return;
    out_.append("<").append(name);
    attributes(token.attributes);
    out_ += '>';
    constexpr std::size_t kDeepest = 256;
    if (among(kVoid, name)) return;
    if (open_.size() < kDeepest)
      open_.push_back(name);
    else
      out_.append("</").append(name).append(">");
  }

  void attributes(std::string_view rest) {
    HtmlAttribute attribute;
    while (detail::next_attribute(rest, attribute)) {
      std::string value;
      if (among(kUrlAttributes, attribute.name))
        value = safe_url(attribute.value, base_);
      else if (attribute.name == "srcset")
        value = safe_srcset(attribute.value, base_);
      else if (among(kAttributes, attribute.name))
        value = resolve_references(attribute.value, ReferenceIn::attribute);
      if (!value.empty())
        out_.append(" ")
            .append(attribute.name)
            .append("=\"")
            .append(escape_html(value))
            .append("\"");
    }
  }

  void close(const std::string& name) {
    if (std::find(open_.begin(), open_.end(), name) == open_.end()) return;
    while (open_.back() != name) end_last();
    end_last();
  }

  void end_last() {
    out_.append("</").append(open_.back()).append(">");
    open_.pop_back();
  }

  HtmlScanner scanner_;
  std::string_view base_;
  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace

std::string sanitize_html(std::string_view html, std::string_view base_url) {
  return Sanitizer(html, base_url).run();
}

}  // namespace tocsin::text
