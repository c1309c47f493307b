// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "rules/detail/program.hpp"

namespace tocsin::rules::detail {

/// How a clause of a compiled rule is written: a leaf as in the rule, an operator by its name.
/// Any thread: pure.
std::string clause_title(const Program& program, const Code& code);

/// What a sentence about a clause calls it: that of its first leaf.
std::string clause_label(const Program& program, std::uint32_t at);

}  // namespace tocsin::rules::detail
