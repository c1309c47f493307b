// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"

namespace tocsin::parser {

/// Reads a date as feeds write it: RFC 822, 850 and 1123 with their known sins (two-digit years, no
/// seconds, named zones, a wrong weekday), RFC 3339, W3CDTF in all precisions, ISO 8601 weeks and
/// ordinal days, asctime, numeric dates, seconds and milliseconds since 1970, and month names in
/// some thirty languages, among them those of the Persian calendar. Without a zone it is UTC (but
/// Korean time where the date is written in Korean). Whole seconds, 1900 to 2200.
///
/// Empty when it cannot be read or does not exist: never a wrong date. Where day and month could be
/// either, a weekday decides, else the sign between: 3/4 is March 4, 3.4. and 3-4 are April 3.
/// Any thread: pure.
std::optional<Timestamp> read_date(std::string_view text);

}  // namespace tocsin::parser
