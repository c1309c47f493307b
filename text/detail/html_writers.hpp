// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/detail/html_elements.hpp"
#include "text/detail/html_scan.hpp"

/// What is made of the pieces of an HTML document. One thread at a time.
namespace tocsin::text::detail {

/// Collects the readable text, with its white space collapsed.
class TextWriter {
 public:
  explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

  /// Text as written, references unresolved.
  void text(std::string_view text);

  /// A start or end tag; `element` is null for one that HTML does not have.
  void tag(const HtmlToken& token, const HtmlElement* element);

  std::string take() && { return std::move(out_); }

 private:
  void gap(Gap wanted) {
    if (wanted == Gap::line && gap_ >= Gap::line) return;
    gap_ = std::max(gap_, wanted);
  }
  void line_break() { gap_ = gap_ >= Gap::line ? Gap::paragraph : Gap::line; }
  std::size_t special(std::string_view text, std::size_t at);
  void put_reference();
  void put(std::string_view text);

  std::string out_;
  std::string resolved_;
  Gap gap_ = Gap::none;
  bool preformatted_ = false;
};

/// Collects the markup without what can act on the reader: an allow-list, as OWASP advises. Of what
/// is not known to be harmless the tags are left out and the text is kept. References stay as they
/// are.
class HtmlSanitizer {
 public:
  /// `base` outlives the sanitizer.
  HtmlSanitizer(std::string_view base, std::size_t expected) : base_(base) {
    out_.reserve(expected);
  }

  void text(std::string_view text);
  void tag(const HtmlToken& token, const HtmlElement* element);

  /// The markup, with all elements closed.
  std::string take() &&;

 private:
  void open(const HtmlElement& element, std::string_view attributes);
  void attributes(std::string_view rest);
  void close(const HtmlElement& element);
  void end_last();

  std::string_view base_;
  std::string out_;
  std::vector<const HtmlElement*> open_;
};

/// Reads `html` once, piece by piece, into all `writers`.
template <class... Writers>
void read_html(std::string_view html, Writers&... writers) {
  HtmlScanner scanner(html);
  for (HtmlToken token; scanner.next(token);) {
    if (token.kind == HtmlToken::Kind::text) {
      (writers.text(token.text), ...);
    } else if (token.kind != HtmlToken::Kind::other) {
      const auto* element = find_element(token.name);
      const bool begins = token.kind == HtmlToken::Kind::open && !token.self_closing;
      if (begins && element != nullptr && element->kept == HtmlElement::Kept::nothing)
        scanner.skip_raw(token.name);
      else
        (writers.tag(token, element), ...);
    }
  }
}

}  // namespace tocsin::text::detail
