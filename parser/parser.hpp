// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/item.hpp"

namespace tocsin::parser {

/// What the transport knew about a document.
struct Source {
  std::string url;           ///< base for relative links; empty when unknown
  std::string content_type;  ///< the HTTP header as it came; empty when unknown
};

/// Whether items get their `content_html`, which costs as much as their plain text.
enum class Html : std::uint8_t { sanitise, leave_out };

/// What one document may cost. A limit that is hit keeps what was read and adds a warning.
struct Limits {
  std::size_t max_items = 10'000;
  std::size_t max_depth = 1'000;      ///< nested elements
  std::size_t max_nodes = 1'000'000;  ///< elements, texts and attributes
  std::size_t max_field = 1U << 20U;  ///< bytes kept of one text field
  Html html = Html::sanitise;
};

/// Reads RSS, Atom, RDF, CDF or JSON Feed `bytes` into a Feed, recognised by content.
///
/// Any thread: pure; equal input gives equal output. Broken input is repaired where the intent is
/// clear, and each repair is one line in Feed::warnings. Time is linear in the size of `bytes`.
///
/// Errors: malformed (no feed in the bytes; the message says what it looks like), unsupported (a
/// feed of a kind that is not read), too_large (a limit was hit before the first whole item).
Result<Feed> parse_feed(std::string_view bytes, const Source& source, const Limits& limits = {});

}  // namespace tocsin::parser
