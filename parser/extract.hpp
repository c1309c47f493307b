// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "parser/parser.hpp"

namespace tocsin::parser {

/// The article of a web page. A field that the page does not tell is empty.
struct Article {
  std::string title;     ///< plain text, without the site's name
  std::string byline;    ///< who wrote it, plain text; several names are joined by ", "
  std::string text;      ///< plain text; a blank line ends a paragraph
  std::string html;      ///< the same text as sanitised markup, links absolute
  std::string language;  ///< BCP 47 tag, as the page declares it
  std::optional<Timestamp> published;
};

/// What one page may cost.
struct PageLimits {
  std::size_t max_nodes = 400'000;  ///< elements and texts; the rest of the page is not read
  std::size_t max_depth = 256;      ///< nested elements
};

/// Reads a web page and finds its article: the running text without navigation, advertising,
/// teasers, captions, comments, and without its own title and byline.
///
/// Always answers: a page without running text has an empty `text`. The charset is found as
/// browsers find it (byte order mark, the header, `<meta>`, else by validity and language). Time
/// and memory are linear in `bytes`. Any thread: pure; equal input gives equal output.
Article extract_article(std::string_view bytes, const Source& source,
                        const PageLimits& limits = {});

/// As `tocsin extract` prints it: one JSON object, absent fields left out.
std::string to_json(const Article& article);

}  // namespace tocsin::parser
