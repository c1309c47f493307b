// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

/// Names and values that a user hangs on feeds and watches, to route and filter by. Sorted by name.
using Labels = std::map<std::string, std::string, std::less<>>;

/// How much a watch matters. The order of the values is the order of urgency.
enum class Severity : std::uint8_t { low, normal, high, critical };

constexpr std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::low: return "low";
    case Severity::normal: return "normal";
    case Severity::high: return "high";
    case Severity::critical: return "critical";
  }
  return "normal";
}

constexpr std::optional<Severity> severity_from(std::string_view name) noexcept {
  for (const auto s : {Severity::low, Severity::normal, Severity::high, Severity::critical})
    if (to_string(s) == name) return s;
  return std::nullopt;
}

}  // namespace tocsin
