// SPDX-License-Identifier: MIT
#pragma once

#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"
#include "config/detail/source.hpp"

namespace tocsin::config::detail {

/// Reads `source` as one YAML document into `tree` and returns its top; null when there is none or
/// the file breaks YAML's own rules.
///
/// Works from libyaml's events, where everything that common readers swallow can still be seen:
/// tags, `<<`, duplicate keys, anchors that loop, control characters out of "\b". All that goes
/// into `findings`. `source` must outlive `tree`. Limits: depth 64, and 200,000 nodes by aliases.
Node* read_yaml(const Source& source, Tree& tree, Findings& findings);

}  // namespace tocsin::config::detail
