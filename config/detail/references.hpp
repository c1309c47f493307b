// SPDX-License-Identifier: MIT
#pragma once

#include "config/config.hpp"
#include "config/detail/read.hpp"

namespace tocsin::config::detail {

/// Holds what one part of the file says of another against it: receivers, intervals, labels, feeds
/// and watches that do not exist, and what is never used. Works on nodes, for their places, and on
/// `config`, for the names that exist.
void check_references(const Reading& reading, const Config& config);

/// Warns of watches whose labels no feed has together, and of feeds that no watch looks at.
void check_coverage(const Reading& reading, const Config& config);

/// Reports routes that no alert can reach, in the tree `route:`.
void check_reachable(const Reading& reading, const Config& config);

}  // namespace tocsin::config::detail
