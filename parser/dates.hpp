// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"

namespace tocsin::parser {

/// Reads a date as feeds write it: RFC 822 with two- or four-digit years, with or without weekday
/// and seconds, named and numeric zones; RFC 3339 and the shorter forms of W3CDTF; asctime. Without
/// a zone it is UTC. Empty when it cannot be read or does not exist: never a wrong date.
/// Any thread: pure.
std::optional<Timestamp> read_date(std::string_view text);

}  // namespace tocsin::parser
