// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/item.hpp"

namespace tocsin::parser {

/// `feed` as one JSON Feed 1.1 document, with what the format has no name for under `_tocsin`.
/// A missing value is a missing key. Any thread: pure.
std::string to_json(const Feed& feed);

/// One item as a JSON object on one line, in the same form as inside `to_json(Feed)`.
std::string to_json(const Item& item);

}  // namespace tocsin::parser
