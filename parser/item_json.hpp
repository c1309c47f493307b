// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/item.hpp"

namespace tocsin::parser {

/// An item that came from outside as JSON, with what the daemon knows of its feed.
struct JsonItem {
  Item item;
  std::string feed;  ///< "feed" or "_tocsin.feed": the name of a configured feed; may be empty
};

/// Reads one JSON Feed item (an object). Where only `content_html` is given, `content_text` is made
/// from it. Numbers as ids are accepted. Errors: malformed, naming what is wrong.
/// Any thread: pure.
Result<JsonItem> item_from_json(std::string_view json);

}  // namespace tocsin::parser
