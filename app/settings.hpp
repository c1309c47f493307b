// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "config/config.hpp"
#include "daemon/settings.hpp"

namespace tocsin::app {

/// Reads the configuration at `path` and compiles its rules, writing every finding of both to `err`
/// as people read it. Empty when a finding is an error: the caller then exits with kUsage.
std::optional<daemon::Settings> load_settings(const std::string& path,
                                              const config::LoadOptions& options,
                                              std::ostream& err);

/// The same without words, for a reload. The error names the first finding and counts the rest.
Result<daemon::Settings> reload_settings(const std::string& path);

/// True when colour may be written to file descriptor `fd`: a terminal, and NO_COLOR is not set.
bool colour_wanted(int fd) noexcept;

}  // namespace tocsin::app
