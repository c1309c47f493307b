// SPDX-License-Identifier: MIT
#pragma once

#include "config/detail/check.hpp"

namespace tocsin::config::detail {

/// Holds one scalar, which is not null, against its key; expands its variables in place.
void check_scalar(Node& node, const Key& key, Variables variables, Findings& findings);

/// A name of the user's own choice: one line, not empty, no control characters, at most 200 bytes.
void check_name(const Node& node, Findings& findings);

}  // namespace tocsin::config::detail
