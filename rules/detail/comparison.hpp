// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// Reads "words>400", "age<24h" or "date>=2018-09-01", without blanks. Errors: malformed.
Result<Comparison> read_comparison_text(std::string_view text);

/// True when `value` stands to the comparison's own value as its operator says.
bool holds(const Comparison& comparison, std::int64_t value) noexcept;

/// True when every number of words from 0 on satisfies it, as in words>=0.
bool holds_for_all(const Comparison& comparison) noexcept;

}  // namespace tocsin::rules::detail
