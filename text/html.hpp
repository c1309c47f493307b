// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::text {

/// The readable text of an HTML fragment.
///
/// Block elements and a double <br> end a paragraph with a blank line ("\n\n"); <br>, <li>, <tr>
/// end a line ("\n"). White space is collapsed, references are resolved once, scripts, styles,
/// comments and tags are dropped. A "<" that starts no tag is text. Linear; never fails.
/// Any thread: pure.
std::string html_to_text(std::string_view html);

/// The same as one line, for titles and names: every break is one blank.
std::string html_to_line(std::string_view html);

/// `html` with what can act on the reader taken out: only known harmless elements and attributes
/// stay; scripts, styles, forms' behaviour, event handlers and URLs other than http, https, mailto
/// and a few more are dropped. `href`, `src`, `srcset`, `poster`, `cite` and `data` become absolute
/// against `base_url` (when it is not empty). Open elements are closed. Linear; never fails.
/// Any thread: pure.
std::string sanitize_html(std::string_view html, std::string_view base_url);

/// What `sanitize_html` and `html_to_text` make of one document, for less than the price of both.
struct ReadHtml {
  std::string html;  ///< sanitised
  std::string text;  ///< with its paragraphs
};
ReadHtml read_html(std::string_view html, std::string_view base_url);

/// `text` for use between tags or inside a quoted attribute: & < > " ' are written as references.
std::string escape_html(std::string_view text);

/// True when `text` plainly carries markup: a whole known tag, or a whole known reference.
bool looks_like_html(std::string_view text);

/// True when `text` holds a whole known tag ("<p>", "</b>", "<br/>").
bool has_html_tag(std::string_view text);

/// `text` with each run of white space (and NBSP) as one blank, without leading and trailing ones.
std::string one_line(std::string_view text);

/// True when `text` holds nothing but white space and NBSP.
bool is_blank(std::string_view text);

/// Plain text with its paragraphs kept: blank lines stay (as "\n\n"), other breaks are blanks.
std::string tidy_paragraphs(std::string_view text);

}  // namespace tocsin::text
