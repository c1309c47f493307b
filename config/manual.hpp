// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::config {

/// The manual page tocsin.yaml(5): how the file is read, and every key of it, from the table that
/// the checker uses. `version` is the program's. Any thread: pure.
std::string manual(std::string_view version);

}  // namespace tocsin::config
