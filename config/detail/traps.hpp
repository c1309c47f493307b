// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"

// What looks right and is not: text that is valid YAML, and yet hardly what was meant.
namespace tocsin::config::detail {

/// "a no-break space", for a character in `text` that nobody sees; "" for none.
std::string_view invisible_character(std::string_view text) noexcept;

/// Warns of invisible characters and typographic quotes in a value without quotes, and of HTML's
/// "&amp;" in a URL.
void check_traps(const Node& value, Findings& findings);

/// Reports a header line that HTTP cannot carry.
void check_header(const Node& name, const Node& value, Findings& findings);

/// Warns of a label whose name routes read as something else.
void check_label(const Node& name, Findings& findings);

}  // namespace tocsin::config::detail
