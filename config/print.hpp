// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace tocsin::config {

/// The configuration at `path` as it is in force: all included files put together, the defaults of
/// blocks that stand once (fetch, storage, ...) written out and marked, in the reference's order.
/// Secrets are stars; `${NAME}` and
/// `*_file` stand as written. It is YAML that reads back. Errors: malformed when the file does not
/// check (see load() for why), not_found, denied, io.
Result<std::string> print(const std::filesystem::path& path);

}  // namespace tocsin::config
