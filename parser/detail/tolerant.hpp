// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include <pugixml.hpp>

namespace tocsin::parser::detail {

/// What the tolerant reader met on its way.
struct Salvage {
  /// The document ended within an item, which was left out, or before the end of what holds them.
  bool cut = false;
};

/// Reads what no XML parser takes: tags that are not closed or are crossed, attributes without
/// quotes, a "<" that begins nothing, CDATA, comments and documents that do not end. It builds the
/// same tree as pugixml does, so that the same readers run over it:
///
/// - an end tag closes what is open up to its start tag, but never beyond the item that it stands
///   in, unless it ends the feed; one that has no start tag is dropped;
/// - an item that begins while another one is open ends that one; so does the next field of an item
///   for one that holds text alone, like a title;
/// - at most `max_depth` elements are nested; what is deeper lies beside each other.
///
/// `document` is emptied before. Linear. Any thread: pure.
Salvage read_tolerantly(std::string_view text, std::size_t max_depth, pugi::xml_document& document);

}  // namespace tocsin::parser::detail
