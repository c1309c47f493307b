// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/detail/html_elements.hpp"
#include "text/detail/html_scan.hpp"
#include "text/url.hpp"

/// What is made of the pieces of an HTML document. One thread at a time.
namespace tocsin::text::detail {

/// Collects the readable text, with its white space collapsed.
class TextWriter {
 public:
  explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

  /// Text as written, references unresolved.
  void text(const HtmlToken& token);

  /// A start or end tag; `element` is null for one that HTML does not have.
  void tag(const HtmlToken& token, const HtmlElement* element);

  std::string take() && { return std::move(out_); }

 private:
  void gap(Gap wanted) {
    if (wanted == Gap::line && gap_ >= Gap::line) return;
    gap_ = std::max(gap_, wanted);
  }
  void line_break() { gap_ = gap_ >= Gap::line ? Gap::paragraph : Gap::line; }
  void plain_text(std::string_view text);
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
/// are. Most of a document is harmless as it stands: runs of that are copied whole.
class HtmlSanitizer {
 public:
  /// `base` outlives the sanitizer.
  HtmlSanitizer(std::string_view base, std::size_t expected)
      : base_(base), root_(plain_root(base)) {
    out_.reserve(expected);
  }

  void text(const HtmlToken& token);
  void tag(const HtmlToken& token, const HtmlElement* element);

  /// The markup, with all elements closed.
  std::string take() &&;

 private:
  void open(const HtmlElement& element, const HtmlToken& token);
  void attributes(std::string_view rest);
  void put(std::string_view name, std::string_view root, std::string_view value);
  void close(const HtmlElement& element, const HtmlToken& token);
  void end_last();

  /// Keeps a piece of the document as it is written.
  void keep(std::string_view written) {
    if (kept_.data() + kept_.size() == written.data()) {
      kept_ = {kept_.data(), kept_.size() + written.size()};
      return;
    }
    flush();
    kept_ = written;
  }
  void flush() {
    out_.append(kept_);
    kept_ = {};
  }

  std::string_view base_, root_;
  std::string out_;
  std::string_view kept_;  ///< of the document, to be copied as it is
  std::vector<const HtmlElement*> open_;
};

/// Reads `html` once, piece by piece, into all `writers`.
template <class... Writers>
void read_html(std::string_view html, Writers&... writers) {
  HtmlScanner scanner(html);
  for (HtmlToken token; scanner.next(token);) {
    if (token.kind == HtmlToken::Kind::text) {
      (writers.text(token), ...);
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
