// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "rules/detail/reader.hpp"
#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// Warns of what a query asks for in vain: parts that no article can fulfil, as in `Iran NOT Iran`,
/// parts that every article does, and operators that change nothing. `query` is the text that
/// `root` was read from. What it says is certain; it does not find everything.
void warn_of_futile_parts(const Node& root, std::string_view query, Report& report);

/// The same for a rule of plain lists, whose nodes stand in texts of their own: one warning at the
/// watch's name, `length` bytes long.
void warn_of_futile_lists(const Node& root, std::size_t length, Report& report);

}  // namespace tocsin::rules::detail
