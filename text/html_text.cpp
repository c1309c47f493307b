// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text/detail/ascii_block.hpp"
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

/// Bit i is set where byte i of the 16 at `from` may end a run: a stop, or a blank before another
/// one. The byte behind them is looked at, too.
std::uint32_t ends_in_block(const char* from) noexcept {
#if defined(__SSE2__)
  const auto load = [](const char* at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  };
  const auto is = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  const auto bytes = load(from);
  const auto twice = _mm_and_si128(is(bytes, ' '), is(load(from + 1), ' '));
  const auto control =  // below a blank, unsigned
      _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const auto special = _mm_or_si128(is(bytes, '&'), is(bytes, '\xC2'));
  return static_cast<std::uint32_t>(
      _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(twice, control), special)));
#else
  std::uint32_t ends = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const bool twice = from[i] == ' ' && from[i + 1] == ' ';
    if (twice || (from[i] != ' ' && is_stop(from[i]))) ends |= 1U << i;
  }
  return ends;
#endif
}

/// Where the run of ordinary text ends that begins at `at`: words with single blanks between them.
std::size_t end_of_run(std::string_view text, std::size_t at) noexcept {
  while (at + kBlock < text.size()) {
    const auto ends = ends_in_block(text.data() + at);
    if (ends != 0) return at + static_cast<std::size_t>(std::countr_zero(ends));
    at += kBlock;
  }
  while (at < text.size()) {
    const bool twice = text[at] == ' ' && at + 1 < text.size() && text[at + 1] == ' ';
    if (twice || (text[at] != ' ' && is_stop(text[at]))) break;
    ++at;
  }
  return at;
}

}  // namespace

void TextWriter::text(std::string_view text) {
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
