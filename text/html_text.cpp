// SPDX-License-Identifier: MIT
#include <array>
#include <unordered_map>

#include "text/detail/html_scan.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"

namespace tocsin::text {
namespace {

using detail::HtmlScanner;
using detail::HtmlToken;

/// What stands between the text so far and the text to come. A stronger one wins.
enum class Gap : std::uint8_t { none, blank, line, paragraph };

Gap gap_of(std::string_view tag) {
  static const std::unordered_map<std::string_view, Gap> gaps = [] {
    std::unordered_map<std::string_view, Gap> map;
    for (const auto* name :
         {"p",      "div",    "h1",     "h2",      "h3",         "h4",      "h5",      "h6",
          "ul",     "ol",     "dl",     "table",   "blockquote", "pre",     "section", "article",
          "header", "footer", "nav",    "aside",   "figure",     "address", "form",    "fieldset",
          "hr",     "main",   "center", "details", "body",       "menu",    "dir"})
      map.emplace(name, Gap::paragraph);
    for (const auto* name : {"li", "tr", "dt", "dd", "figcaption", "caption", "summary", "option",
                             "legend", "thead", "tbody", "tfoot"})
      map.emplace(name, Gap::line);
    for (const auto* name : {"td", "th", "img", "button", "input"}) map.emplace(name, Gap::blank);
    return map;
  }();
  const auto found = gaps.find(tag);
  return found == gaps.end() ? Gap::none : found->second;
}

// The bytes at which a run of ordinary text stops.
constexpr auto kStops = [] {
  std::array<bool, 256> stops{};
  for (const char c : {'&', ' ', '\n', '\t', '\r', '\f'})
    stops[static_cast<unsigned char>(c)] = true;
  stops[0xC2] = true;  // perhaps NBSP
  return stops;
}();

bool is_nbsp(std::string_view text, std::size_t at) noexcept {
  return text.substr(at, 2) == "\xC2\xA0";
}

/// Collects text with its white space collapsed.
class TextWriter {
 public:
  explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

  void gap(Gap wanted) {
    if (wanted == Gap::line && gap_ >= Gap::line) return;
    gap_ = std::max(gap_, wanted);
  }
  void line_break() { gap_ = gap_ >= Gap::line ? Gap::paragraph : Gap::line; }
  void set_preformatted(bool on) { preformatted_ = on; }

  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      auto end = at;
      while (end < text.size() && !kStops[static_cast<unsigned char>(text[end])]) ++end;
      if (end > at) put(text.substr(at, end - at));
      at = end;
      if (at < text.size()) at += add_special(text, at);
    }
  }

  std::string take() && { return std::move(out_); }

 private:
  std::size_t add_special(std::string_view text, std::size_t at) {
    if (text[at] == '&') {
      resolved_.clear();
      const auto reference = append_reference(resolved_, text, at);
      if (!reference.known) return put("&"), 1;
      add_resolved();
      return reference.length;
    }
    if (is_nbsp(text, at)) return gap(Gap::blank), 2;
    if (!detail::is_space(text[at]))
      return put(text.substr(at, 2)), std::min<std::size_t>(2, text.size() - at);
    if (preformatted_ && text[at] == '\n')
      line_break();
    else
      gap(Gap::blank);
    return 1;
  }

  void add_resolved() {
    if (resolved_ == "\xC2\xA0" || (resolved_.size() == 1 && detail::is_space(resolved_[0])))
      gap(Gap::blank);
    else if (!resolved_.empty())
      put(resolved_);
  }

  void put(std::string_view text) {
    if (!out_.empty() && gap_ != Gap::none)
      out_.append(gap_ == Gap::blank ? " " : gap_ == Gap::line ? "\n" : "\n\n");
    gap_ = Gap::none;
    out_.append(text);
  }

  std::string out_;
  std::string resolved_;
  Gap gap_ = Gap::none;
  bool preformatted_ = false;
};

void add_token(TextWriter& writer, HtmlScanner& scanner, const HtmlToken& token) {
  if (token.kind == HtmlToken::Kind::text) return writer.add(token.text);
  if (token.kind == HtmlToken::Kind::other) return;
  const bool open = token.kind == HtmlToken::Kind::open;
  if (open && !token.self_closing && detail::is_dropped_element(token.name)) {
    scanner.skip_raw(token.name);
    return;
  }
  if (token.name == "br") return writer.line_break();
  if (token.name == "pre") writer.set_preformatted(open);
  writer.gap(gap_of(token.name));
}

}  // namespace

std::string html_to_text(std::string_view html) {
  TextWriter writer(html.size());
  HtmlScanner scanner(html);
  HtmlToken token;
  while (scanner.next(token)) add_token(writer, scanner, token);
  return std::move(writer).take();
}

std::string html_to_line(std::string_view html) {
  return one_line(html_to_text(html));
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && !detail::is_space(text[end]) && !is_nbsp(text, end)) ++end;
    if (end > at) {
      if (!out.empty()) out.push_back(' ');
      out.append(text, at, end - at);
    }
    at = end;
    while (at < text.size() && (detail::is_space(text[at]) || is_nbsp(text, at)))
      at += detail::is_space(text[at]) ? 1 : 2;
  }
  return out;
}

bool is_blank(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (detail::is_space(text[at]) || is_nbsp(text, at)))
    at += detail::is_space(text[at]) ? 1 : 2;
  return at >= text.size();
}

std::string tidy_paragraphs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t breaks = 0;
  bool blank = false;
  for (const char c : text) {
    if (detail::is_space(c)) {
      breaks += c == '\n' ? 1U : 0U;
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out.append(breaks >= 2 ? "\n\n" : " ");
    blank = false;
    breaks = 0;
    out.push_back(c);
  }
  return out;
}

bool has_html_tag(std::string_view text) {
  if (text.find('<') == std::string_view::npos) return false;
  HtmlScanner scanner(text);
  HtmlToken token;
  while (scanner.next(token)) {
    const bool tag = token.kind == HtmlToken::Kind::open || token.kind == HtmlToken::Kind::close;
    if (tag && !detail::known_element(token.name).empty()) return true;
  }
  return false;
}

bool looks_like_html(std::string_view text) {
  std::string scratch;
  for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1))
    if (append_reference(scratch, text, at, ReferenceIn::attribute).known) return true;
  return has_html_tag(text);
}

}  // namespace tocsin::text
