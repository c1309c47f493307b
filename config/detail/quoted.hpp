// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/detail/node.hpp"

namespace tocsin::config::detail {

/// Appends a line of a quoted YAML scalar to `out` with its escapes undone. For every character
/// that stands in the file but not in the text, `hidden` gets the text's offset behind which it
/// stands. False for escapes that a line cannot show: one at its end, or of a line break. Any
/// thread: pure.
bool unquote(std::string_view line, Node::Style style, std::string& out,
             std::vector<std::uint32_t>& hidden);

}  // namespace tocsin::config::detail
