// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Text as YAML that every reader, ours too, takes for exactly that text. Any thread: pure.
namespace tocsin::config::detail {

/// On one line: plain where nothing in it could be misread, else in double quotes.
std::string yaml_scalar(std::string_view text);

/// What stands behind "key: " for text of several lines: a literal block whose lines are indented
/// by `indent` blanks; one line, or text that a block cannot hold, is a scalar.
std::string yaml_block(std::string_view text, std::size_t indent);

}  // namespace tocsin::config::detail
