// SPDX-License-Identifier: MIT
#include <algorithm>

#include "text/byte_block.hpp"
#include "text/detail/html_writers.hpp"
#include "text/html.hpp"
#include "text/html_entities.hpp"

namespace tocsin::text {
namespace detail {
namespace {

bool is_stop(char c) noexcept {
  return c == '&' || c == '\xC2' || is_space(c);  // a reference, perhaps NBSP, white space
}

bool is_nbsp(std::string_view text, std::size_t at) noexcept {
  return text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0';
}

/// A stop, or a blank before another one.
ByteFlags ends_of_run(const char* block) noexcept {
  const ByteBlock bytes(block);
  const auto twice = bytes.is(' ') & ByteBlock(block + 1).is(' ');
  return (bytes.is('&') | bytes.is('\xC2')) | (twice | bytes.up_to(0x1F));
}

/// Where the run of ordinary text ends that begins at `at`: words with single blanks between them.
std::size_t end_of_run(std::string_view text, std::size_t at) noexcept {
  return find_flagged(text, at, ends_of_run);
}

}  // namespace

void TextWriter::text(const HtmlToken& token) {
  const auto text = token.text;
  if (token.plain) return plain_text(text);
  for (std::size_t at = 0; at < text.size();) {
    if (is_stop(text[at])) {
      at += special(text, at);
      continue;
    }
    const auto end = end_of_run(text, at);
    // Nobody knows yet whether a blank at its end is one between words.
    const bool blank = end > at && text[end - 1] == ' ';
    put(text.substr(at, end - at - (blank ? 1 : 0)));
    if (blank) gap(Gap::blank);
    at = end;
    if (at < text.size() && !is_stop(text[at])) {  // a control that is no white space
      put(text.substr(at, 1));
      ++at;
    }
  }
}

void TextWriter::plain_text(std::string_view text) {
  if (text.starts_with(' ')) {
    gap(Gap::blank);
    text.remove_prefix(1);
  }
  if (text.empty()) return;
  const bool blank = text.ends_with(' ');
  if (blank) text.remove_suffix(1);
  put(text);
  if (blank) gap(Gap::blank);
}

std::size_t TextWriter::special(std::string_view text, std::size_t at) {
  if (text[at] == '&') {
    resolved_.clear();
    const auto reference = append_reference(resolved_, text, at);
    if (!reference.known) return put("&"), 1;
    put_reference();
    return reference.length;
  }
  if (is_nbsp(text, at)) return gap(Gap::blank), 2;
  if (!is_space(text[at]))
    return put(text.substr(at, 2)), std::min<std::size_t>(2, text.size() - at);
  if (preformatted_ && text[at] == '\n')
    line_break();
  else
    gap(Gap::blank);
  return 1;
}

void TextWriter::put_reference() {
  if (resolved_ == "\xC2\xA0" || (resolved_.size() == 1 && is_space(resolved_[0])))
    gap(Gap::blank);
  else if (!resolved_.empty())
    put(resolved_);
}

void TextWriter::put(std::string_view text) {
  if (!out_.empty() && gap_ != Gap::none)
    out_.append(gap_ == Gap::blank ? " " : gap_ == Gap::line ? "\n" : "\n\n");
  gap_ = Gap::none;
  out_.append(text);
}

void TextWriter::tag(const HtmlToken& token, const HtmlElement* element) {
  if (element == nullptr) return;
  if (element->name == "br") return line_break();
  if (element->name == "pre") preformatted_ = token.kind == HtmlToken::Kind::open;
  gap(element->gap);
}

}  // namespace detail

using detail::is_nbsp;

std::string html_to_text(std::string_view html) {
  detail::TextWriter writer(html.size());
  detail::read_html(html, writer);
  return std::move(writer).take();
}

ReadHtml read_html(std::string_view html, std::string_view base_url) {
  detail::TextWriter text(html.size());
  detail::HtmlSanitizer markup(base_url, html.size() + html.size() / 8);
  detail::read_html(html, text, markup);
  return {std::move(markup).take(), std::move(text).take()};
}

std::string html_to_line(std::string_view html) {
  const auto markup = find_flagged(html, 0, [](const char* block) {
    const ByteBlock bytes(block);
    return bytes.is('<') | bytes.is('&');
  });
  if (markup == html.size()) return one_line(html);
  return one_line(html_to_text(html));
}

namespace {

/// True where only single blanks stand, and none of them at an end; also where one byte looks like
/// the first of a NBSP, or where there are controls, it is not sure.
bool is_one_line(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return false;
  return find_flagged(text, 0, detail::ends_of_run) == text.size();
}

}  // namespace

std::string one_line(std::string_view text) {
  if (is_one_line(text)) return std::string(text);
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
  detail::HtmlScanner scanner(text);
  for (detail::HtmlToken token; scanner.next(token);) {
    const bool tag =
        token.kind == detail::HtmlToken::Kind::open || token.kind == detail::HtmlToken::Kind::close;
    if (tag && detail::find_element(token.name) != nullptr) return true;
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
