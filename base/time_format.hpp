// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace tocsin {

/// `when` as RFC 3339 in UTC with a trailing Z and whole seconds: "2026-11-23T08:00:00Z".
/// Any thread: pure.
std::string format_rfc3339(Timestamp when);

/// Reads a strict RFC 3339 date-time (fractions are cut to milliseconds). For dates out of feeds,
/// which break every rule, see parser/dates.hpp. Errors: malformed. Any thread: pure.
Result<Timestamp> parse_rfc3339(std::string_view text);

/// Reads a duration as the configuration writes it: one or more of a whole number and a unit of
/// ms, s, m, h, d, w or y (365 days), largest unit first: "30s", "10m", "1h30m", "90d", "2y".
/// Errors: malformed (with what to write instead), too_large (beyond 100 years).
Result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest text that `parse_duration` reads back: 90 s is "1m30s", 0 is "0s".
std::string format_duration(std::chrono::milliseconds span);

}  // namespace tocsin
