// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace tocsin::config {

/// The JSON Schema (draft 2020-12) of the configuration file, indented, with descriptions and
/// defaults, for editors to complete and check by. It comes from the checker's own table. What a
/// schema cannot say (names that must exist, routes that must be reachable) only the checker says.
/// Any thread: pure.
std::string json_schema();

/// The reference of all keys as Markdown, from the same table: the second part of
/// docs/configuration.md. Any thread: pure.
std::string reference();

}  // namespace tocsin::config
