// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"
#include "config/detail/schema.hpp"

namespace tocsin::config::detail {

/// What becomes of `${NAME}` in values that allow it.
enum class Variables : std::uint8_t {
  expand,  ///< replaced; an unset variable is an error
  keep,    ///< left as they stand, and such values are taken as not given
  show,    ///< left as they stand, `$$` too, and such values are not looked into
};

/// Holds `node` against `schema` and everything below it: unknown keys, missing keys, nulls, wrong
/// types, values that cannot be read. Texts are expanded in place. What it says about a value it
/// says once: readers behind it take what cannot be read as not given.
void check(Node& node, const Object& schema, Variables variables, Findings& findings);

}  // namespace tocsin::config::detail
