// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/item.hpp"
#include "parser/parser.hpp"

namespace tocsin::parser::detail {

/// Reads a JSON Feed 1.0 or 1.1 document. Errors: malformed. Any thread: pure.
Result<Feed> read_json_feed(std::string_view text, const Source& source, const Limits& limits);

}  // namespace tocsin::parser::detail
