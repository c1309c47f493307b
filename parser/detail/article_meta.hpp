// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "parser/detail/page.hpp"

namespace tocsin::parser::detail {

/// What a page says of its article beside the text; empty where it says nothing.
struct ArticleMeta {
  std::string title, byline, language;
  std::string body;  ///< the text as JSON-LD gives it; often absent
  std::string url;   ///< the page's own address, where it names it
  std::optional<Timestamp> published;
};

/// Reads JSON-LD, `<meta>`, microdata, `<time>`, `<title>` and headings, in this order of trust.
/// Any thread: pure; linear.
ArticleMeta read_meta(const Page& page);

}  // namespace tocsin::parser::detail
