// SPDX-License-Identifier: MIT
#include "text/detail/html_scan.hpp"

#include <algorithm>
#include <unordered_set>

namespace tocsin::text::detail {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// How far a tag's end is looked for behind quotes. Beyond, the quotes are taken for a mistake:
/// otherwise each of many tags could be read to the end of the text in vain.
constexpr std::size_t kLongestTag = 8U << 10U;

bool ends_name(char c) noexcept {
  return is_space(c) || c == '/' || c == '>';
}

}  // namespace

bool HtmlScanner::next(HtmlToken& token) {
  if (at_ >= html_.size()) return false;
  if (html_[at_] == '<' && (read_tag(token) || read_markup(token))) return true;
  const auto end = std::min(html_.find('<', at_ + 1), html_.size());
  token = {HtmlToken::Kind::text, html_.substr(at_, end - at_), {}, {}, false};
  at_ = end;
  return true;
}

std::size_t HtmlScanner::find_quote(char quote, std::size_t from) noexcept {
  bool& none = quote == '"' ? no_more_double_ : no_more_single_;
  if (none) return kNone;
  const auto found = html_.find(quote, from);
  none = found == kNone;
  return found;
}

// The position of the ">" that ends the tag; quoted values may hold others. A quote that is never
// closed counts as an ordinary character.
std::size_t HtmlScanner::tag_end(std::size_t from) noexcept {
  if (no_more_gt_) return kNone;
  const auto first = html_.find('>', from);
  no_more_gt_ = first == kNone;
  if (no_more_gt_) return kNone;
  for (auto at = from;;) {
    const auto stop = html_.find_first_of("\"'>", at);
    if (stop == kNone || stop - from > kLongestTag) return first;
    if (html_[stop] == '>') return stop;
    auto before = stop;
    while (before > from && is_space(html_[before - 1])) --before;
    at = stop + 1;
    if (before == from || html_[before - 1] != '=') continue;
    const auto close = find_quote(html_[stop], at);
    if (close == kNone) return first;
    at = close + 1;
  }
}

bool HtmlScanner::read_tag(HtmlToken& token) {
  const bool closing = at_ + 1 < html_.size() && html_[at_ + 1] == '/';
  const auto from = at_ + (closing ? 2 : 1);
  if (from >= html_.size() || !is_letter(html_[from])) return false;
  auto name_end = from;
  while (name_end < html_.size() && !ends_name(html_[name_end]) && html_[name_end] != '<')
    ++name_end;
  const auto end = tag_end(name_end);
  if (end == kNone) return false;
  name_.assign(html_, from, name_end - from);
  std::transform(name_.begin(), name_.end(), name_.begin(), lower);
  auto attributes = html_.substr(name_end, end - name_end);
  const bool self_closing = !attributes.empty() && attributes.back() == '/';
  token = {closing ? HtmlToken::Kind::close : HtmlToken::Kind::open,
           {},
           name_,
           attributes,
           self_closing};
  at_ = end + 1;
  return true;
}

// Comments, CDATA, doctypes and processing instructions. CDATA text is kept: feeds carry it.
bool HtmlScanner::read_markup(HtmlToken& token) {
  const auto rest = html_.substr(at_);
  if (rest.size() < 2 || (rest[1] != '!' && rest[1] != '?' && rest[1] != '/')) return false;
  if (no_more_gt_) return false;
  token = {HtmlToken::Kind::other, {}, {}, {}, false};
  if (rest.starts_with("<![CDATA[")) {
    const auto end = no_more_cdata_ ? kNone : html_.find("]]>", at_);
    no_more_cdata_ = end == kNone;
    if (no_more_cdata_) return at_ += 9, true;
    token.kind = HtmlToken::Kind::text;
    token.text = html_.substr(at_ + 9, end - at_ - 9);
    at_ = end + 3;
    return true;
  }
  auto end = kNone;
  if (rest.starts_with("<!--") && !no_more_comments_) {
    end = html_.find("-->", at_ + 2);
    no_more_comments_ = end == kNone;  // then it ends like any other tag
    if (!no_more_comments_) return at_ = end + 3, true;
  }
  end = html_.find('>', at_);
  no_more_gt_ = end == kNone;
  if (no_more_gt_) return false;
  at_ = end + 1;
  return true;
}

std::string_view HtmlScanner::skip_raw(std::string_view name) {
  const std::string wanted(name);
  const auto start = at_;
  while (at_ < html_.size()) {
    const auto found = html_.find("</", at_);
    if (found == kNone) break;
    const auto candidate = html_.substr(found + 2, wanted.size());
    at_ = found + 2;
    if (!std::equal(candidate.begin(), candidate.end(), wanted.begin(), wanted.end(),
                    [](char a, char b) { return lower(a) == b; }))
      continue;
    const auto end = html_.find('>', at_);
    at_ = end == kNone ? html_.size() : end + 1;
    return html_.substr(start, found - start);
  }
  at_ = html_.size();
  return html_.substr(start);
}

bool next_attribute(std::string_view& rest, HtmlAttribute& attribute) {
  while (!rest.empty() && (is_space(rest.front()) || rest.front() == '/')) rest.remove_prefix(1);
  if (rest.empty()) return false;
  std::size_t end = rest.front() == '=' ? 1 : 0;
  while (end < rest.size() && !is_space(rest[end]) && rest[end] != '=' && rest[end] != '/') ++end;
  attribute.name.assign(rest, 0, end);
  std::transform(attribute.name.begin(), attribute.name.end(), attribute.name.begin(), lower);
  attribute.value = {};
  auto next = end;
  while (next < rest.size() && is_space(rest[next])) ++next;
  if (next >= rest.size() || rest[next] != '=') return rest.remove_prefix(end), true;
  ++next;
  while (next < rest.size() && is_space(rest[next])) ++next;
  rest.remove_prefix(next);
  if (rest.empty()) return true;
  const char quote = rest.front();
  const auto close = quote == '"' || quote == '\'' ? rest.find(quote, 1) : kNone;
  if (close != kNone) {
    attribute.value = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    return true;
  }
  const auto stop = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
  attribute.value = rest.substr(0, stop);
  rest.remove_prefix(stop);
  return true;
}

bool is_dropped_element(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "script",   "style",  "template", "iframe", "noembed",
      "noframes", "applet", "textarea", "select", "title"};
  return names.contains(name);
}

std::string_view known_element(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "a",        "abbr",   "acronym",  "address",  "applet",   "area",     "article",    "aside",
      "audio",    "b",      "base",     "bdi",      "bdo",      "big",      "blockquote", "body",
      "br",       "button", "canvas",   "caption",  "center",   "cite",     "code",       "col",
      "colgroup", "data",   "dd",       "del",      "details",  "dfn",      "dialog",     "dir",
      "div",      "dl",     "dt",       "em",       "embed",    "fieldset", "figcaption", "figure",
      "font",     "footer", "form",     "frame",    "frameset", "h1",       "h2",         "h3",
      "h4",       "h5",     "h6",       "head",     "header",   "hgroup",   "hr",         "html",
      "i",        "iframe", "img",      "input",    "ins",      "kbd",      "label",      "legend",
      "li",       "link",   "main",     "map",      "mark",     "math",     "menu",       "meta",
      "meter",    "nav",    "noframes", "noscript", "object",   "ol",       "optgroup",   "option",
      "output",   "p",      "param",    "picture",  "pre",      "progress", "q",          "rp",
      "rt",       "ruby",   "s",        "samp",     "script",   "section",  "select",     "small",
      "source",   "span",   "strike",   "strong",   "style",    "sub",      "summary",    "sup",
      "svg",      "table",  "tbody",    "td",       "template", "textarea", "tfoot",      "th",
      "thead",    "time",   "tr",       "track",    "tt",       "u",        "ul",         "var",
      "video",    "wbr"};
  const auto found = names.find(name);
  return found == names.end() ? std::string_view{} : *found;
}

}  // namespace tocsin::text::detail
