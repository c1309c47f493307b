// SPDX-License-Identifier: MIT
#include "base/time_format.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace tocsin {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  std::int64_t ms;
};

// Largest first: the order in which a duration is written.
constexpr std::array kUnits = {
    Unit{"y", 31'536'000'000}, Unit{"w", 604'800'000}, Unit{"d", 86'400'000}, Unit{"h", 3'600'000},
    Unit{"m", 60'000},         Unit{"s", 1'000},       Unit{"ms", 1}};
constexpr std::int64_t kMostMs = 100 * kUnits[0].ms;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads exactly `count` digits from the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Timestamp> read_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Timestamp{std::chrono::sys_days{date}};
}

std::optional<milliseconds> read_time_of_day(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take(text, ":")) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;
  std::int64_t ms = 0;
  if (take(text, ".")) {
    std::int64_t scale = 100;
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), scale /= 10)
      ms += (text.front() - '0') * scale;
  }
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
         milliseconds{ms};
}

std::optional<milliseconds> read_offset(std::string_view& text) {
  if (take(text, "Zz")) return milliseconds{0};
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, "+-")) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const milliseconds offset = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  return west ? -offset : offset;
}

Error bad_duration(std::string_view text) {
  return {Errc::malformed, "'" + std::string(text) +
                               "' is not a duration; write a number and a unit, as in 30s, " +
                               "10m, 12h, 90d or 2y"};
}

/// The unit that stands at the front of `text`; "ms" before "m".
const Unit* take_unit(std::string_view& text) {
  const Unit* best = nullptr;
  for (const auto& unit : kUnits)
    if (text.starts_with(unit.name) && (best == nullptr || unit.name.size() > best->name.size()))
      best = &unit;
  if (best != nullptr) text.remove_prefix(best->name.size());
  return best;
}

}  // namespace

std::string format_rfc3339(Timestamp when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(when - day)};
  std::array<char, 64> out{};
  const int n = std::snprintf(
      out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(n)};
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
  const Error bad{Errc::malformed,
                  "'" + std::string(text) + "' is not a date like 2026-11-23T08:00:00Z"};
  auto rest = text;
  const auto date = read_date(rest);
  if (!date || !take(rest, "Tt ")) return bad;
  const auto time = read_time_of_day(rest);
  if (!time) return bad;
  const auto offset = read_offset(rest);
  if (!offset || !rest.empty()) return bad;
  return *date + *time - *offset;
}

Result<milliseconds> parse_duration(std::string_view text) {
  auto rest = text;
  if (rest.empty()) return bad_duration(text);
  std::int64_t total = 0;
  std::int64_t last_unit = kMostMs + 1;
  while (!rest.empty()) {
    std::int64_t number = 0;
    std::size_t digits = 0;
    for (; digits < rest.size() && is_digit(rest[digits]); ++digits) {
      number = number * 10 + (rest[digits] - '0');
      if (number > kMostMs) return Error{Errc::too_large, "a duration is at most 100y"};
    }
    rest.remove_prefix(digits);
    const Unit* unit = take_unit(rest);
    if (digits == 0 || unit == nullptr || unit->ms >= last_unit) return bad_duration(text);
    last_unit = unit->ms;
    if (number > kMostMs / unit->ms) return Error{Errc::too_large, "a duration is at most 100y"};
    total += number * unit->ms;
    if (total > kMostMs) return Error{Errc::too_large, "a duration is at most 100y"};
  }
  return milliseconds{total};
}

std::string format_duration(milliseconds span) {
  std::int64_t left = span.count();
  if (left == 0) return "0s";
  std::string out;
  if (left < 0) {
    out = "-";
    left = -left;
  }
  for (const auto& unit : kUnits) {
    if (unit.name == "w") continue;  // 14 d reads better than 2 w
    if (const auto count = left / unit.ms; count > 0) {
      out.append(std::to_string(count)).append(unit.name);
      left %= unit.ms;
    }
  }
  return out;
}

}  // namespace tocsin
