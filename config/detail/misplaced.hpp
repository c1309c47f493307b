// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "config/detail/schema.hpp"

namespace tocsin::config::detail {

/// What to write when `key`, which `schema` does not know, is a key of something else: "it belongs
/// below email:", "it stands at the top of the file", "it is a key of 'route'". "" when nothing
/// knows it, or too much does to be a help. Any thread: pure.
std::string where_it_belongs(std::string_view key, const Object& schema);

}  // namespace tocsin::config::detail
