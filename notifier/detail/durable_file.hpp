// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

/// Files that are still there after the power went. Blocks for the disk: never on the loop thread.
namespace tocsin::notifier::detail {

/// Adds `line` and a line end to the file at `path` and waits until they are on the disk. A file
/// that is not there is made, readable by owner and group. A line that an earlier crash cut off is
/// ended first. Errors: io, denied, not_found (the folder).
Result<void> append_line(const std::string& path, std::string_view line);

/// Puts `text` in the place of the file at `path`, at once: readers see the old or the new whole.
/// Errors: io, denied, not_found (the folder).
Result<void> replace_file(const std::string& path, std::string_view text);

/// The bytes of the file at `path`; "" when there is none. Errors: io, denied.
Result<std::string> read_file(const std::string& path);

}  // namespace tocsin::notifier::detail
