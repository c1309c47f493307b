// SPDX-License-Identifier: MIT
#include "config/detail/values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <limits>

#include "base/time_format.hpp"
#include "config/detail/findings.hpp"

namespace tocsin::config::detail {
namespace {

Error bad(std::string_view text, std::string_view what) {
  return {Errc::malformed, in_quotes(text) + " is no " + std::string(what)};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<int> read_clock_time(std::string_view text) {
  const auto colon = text.find(':');
  const std::string example = text.size() == 4 && colon == 1 ? "0" + std::string(text) : "08:30";
  const auto fail = bad(text, "time of day; write it as " + example);
  if (colon != 2 || text.size() != 5) return fail;
  const auto hours = text.substr(0, 2);
  const auto minutes = text.substr(3);
  if (!all_digits(hours) || !all_digits(minutes)) return fail;
  const int h = *number<int>(hours);
  const int m = *number<int>(minutes);
  if (h > 24 || m > 59 || (h == 24 && m > 0)) return fail;
  return h * 60 + m;
}

Result<notifier::TimeWindow::Times> read_clock_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return bad(text, "span of time; write it as \"22:00-06:30\"");
  const auto from = read_clock_time(trim(text.substr(0, dash)));
  const auto to = read_clock_time(trim(text.substr(dash + 1)));
  if (!from || !to || *from == 1440) return bad(text, "span of time; write it as \"22:00-06:30\"");
  if (*from == *to)
    return Error{Errc::malformed,
                 in_quotes(text) + " is empty; for the whole day write \"00:00-24:00\""};
  return notifier::TimeWindow::Times{*from, *to};
}

Result<notifier::Throttle> read_rate(std::string_view text) {
  const auto fail = bad(text, "rate; write a number, a slash and a time, as in 20/h or 5/10m");
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || !all_digits(text.substr(0, slash))) return fail;
  const auto count = number<std::uint32_t>(text.substr(0, slash));
  std::string per(trim(text.substr(slash + 1)));
  if (!per.empty() && !is_digit(per.front())) per.insert(0, "1");
  const auto span = parse_duration(per);
  if (!count || *count == 0 || !span || span->count() == 0) return fail;
  return notifier::Throttle{*count, *span};
}

Result<std::uint64_t> read_size(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::uint64_t bytes;
  };
  static constexpr std::array kUnits = {Unit{"KiB", 1ULL << 10U},
                                        Unit{"MiB", 1ULL << 20U},
                                        Unit{"GiB", 1ULL << 30U},
                                        Unit{"KB", 1000},
                                        Unit{"MB", 1'000'000},
                                        Unit{"GB", 1'000'000'000},
                                        Unit{"B", 1},
                                        Unit{"", 1}};
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = number<std::uint64_t>(text.substr(0, digits));
  const auto unit = trim(text.substr(digits));
  for (const auto& known : kUnits)
    if (count && unit == known.name && *count <= (1ULL << 40U) / known.bytes)
      return *count * known.bytes;
  return bad(text, "size; write a number and a unit, as in 8MiB or 500KB");
}

Result<std::int64_t> read_integer(std::string_view text) {
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (!all_digits(digits)) return bad(text, "whole number; write digits only, as in 20");
  if (digits.size() > 1 && digits.front() == '0') {
    const auto kept = digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return Error{Errc::malformed, in_quotes(text) +
                                      " begins with 0, which other readers take for octal; write " +
                                      std::string(kept)};
  }
  const auto value = number<std::int64_t>(text);
  if (!value) return bad(text, "number that fits");
  return *value;
}

Result<bool> read_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  static constexpr std::array<std::string_view, 8> kYes = {"yes",  "Yes",  "YES", "on",
                                                           "True", "TRUE", "y",   "On"};
  static constexpr std::array<std::string_view, 8> kNo = {"no",    "No",    "NO", "off",
                                                          "False", "FALSE", "n",  "Off"};
  if (std::find(kYes.begin(), kYes.end(), text) != kYes.end())
    return bad(text, "switch; write true");
  if (std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return bad(text, "switch; write false");
  return bad(text, "switch; write true or false");
}

Result<Endpoint> read_endpoint(std::string_view text, std::uint16_t default_port) {
  const std::string example = default_port == 0 ? "127.0.0.1:8787" : "mail.example.org:587";
  const auto fail = bad(text, "host and port; write them as " + example);
  Endpoint out;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return fail;
    out.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else {
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && text.find(':', colon + 1) != std::string_view::npos)
      return Error{Errc::malformed, in_quotes(text) +
                                        " is no host and port; write an IPv6 address in brackets, "
                                        "as in \"[::1]:8787\""};
    out.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (out.host.empty() || out.host.find_first_of(" /@\t") != std::string::npos) return fail;
  if (port.empty() && default_port != 0) {
    out.port = default_port;
    return out;
  }
  if (!port.starts_with(':') || !all_digits(port.substr(1))) return fail;
  const auto value = number<std::uint32_t>(port.substr(1));
  if (!value || *value == 0 || *value > 65535)
    return Error{Errc::malformed,
                 in_quotes(text) + " has no port between 1 and 65535; write it as " + example};
  out.port = static_cast<std::uint16_t>(*value);
  return out;
}

}  // namespace tocsin::config::detail
