// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <yaml.h>

#include "config/detail/node.hpp"
#include "config/detail/source.hpp"

namespace tocsin::config::detail {

/// A syntax error of YAML itself in words that say what to write.
struct SyntaxError {
  Mark at;
  std::uint32_t length = 1;
  std::string message, hint;
};

/// Explains why `parser` stopped in `source`.
SyntaxError explain_syntax_error(const yaml_parser_t& parser, const Source& source);

}  // namespace tocsin::config::detail
