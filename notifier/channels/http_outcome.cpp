// SPDX-License-Identifier: MIT
#include "notifier/channels/http_outcome.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/redact.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

using std::chrono::milliseconds;
using Outcome = Attempt::Outcome;

constexpr milliseconds kMostWait = std::chrono::hours{24};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The number that all of `text` spells, clamped to a million seconds.
std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = std::min<std::int64_t>(value * 10 + (c - '0'), 1'000'000);
  }
  return value;
}

std::optional<unsigned> month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const found = std::find(kMonths.begin(), kMonths.end(), name);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

/// An HTTP date in its one current form (RFC 9110 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Timestamp> http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto day = whole_number(text.substr(5, 2));
  const auto month = month_number(text.substr(8, 3));
  const auto year = whole_number(text.substr(12, 4));
  const auto hour = whole_number(text.substr(17, 2));
  const auto minute = whole_number(text.substr(20, 2));
  const auto second = whole_number(text.substr(23, 2));
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

Outcome outcome_of(int status) {
  if (status >= 200 && status < 300) return Outcome::delivered;
  if (status == 408 || status == 425 || status == 429) return Outcome::retry;
  if (status == 410) return Outcome::disable;
  if (status >= 400 && status < 500) return Outcome::dead;
  return Outcome::retry;
}

std::string describe(const net::Response& response) {
  auto text = "HTTP " + std::to_string(response.status);
  const auto said = scrub(one_line(response.body.substr(0, 2000)), 200);
  // A page is for browsers, and what a receiver says after success is of no use.
  const bool page = said.starts_with('<');
  if (response.status >= 300 && !said.empty() && !page) text.append(": ").append(said);
  return text;
}

}  // namespace

std::optional<milliseconds> retry_after(std::string_view value, Timestamp now) {
  const auto text = trimmed(value);
  std::optional<milliseconds> wait;
  if (const auto seconds = whole_number(text))
    wait = std::chrono::seconds{*seconds};
  else if (const auto date = http_date(text))
    wait = *date - now;
  if (!wait || *wait <= milliseconds{0}) return std::nullopt;
  return std::min(*wait, kMostWait);
}

std::string without_path(std::string message, std::string_view url) {
  const auto hide = [&](std::string_view form) {
    const auto scheme = form.find("://");
    if (scheme == std::string_view::npos) return;
    const auto slash = form.find('/', scheme + 3);
    // A path of a letter or two is no secret, and would be found in any word.
    if (slash == std::string_view::npos || form.size() - slash < 4) return;
    const auto path = form.substr(slash);
    for (auto at = message.find(path); at != std::string::npos; at = message.find(path, at))
      message.replace(at, path.size(), "/…");
  };
  hide(url);
  hide(redact(url));  // the form that errors show
  return message;
}

milliseconds slow_retry(const RetryPolicy& retry) {
  return std::min<milliseconds>(std::chrono::minutes{5}, retry.max_interval);
}

Attempt judge_http(const Result<net::Response>& answer, Timestamp now, const RetryPolicy& retry) {
  Attempt out;
  if (!answer) {
    out.outcome = Outcome::retry;
    out.detail = answer.error().message;
    if (answer.error().code == Errc::denied) out.retry_after = slow_retry(retry);
    return out;
  }
  out.outcome = outcome_of(answer->status);
  out.detail = describe(*answer);
  if (out.outcome == Outcome::retry) {
    out.retry_after = retry_after(net::header(answer->headers, "retry-after"), now);
    if (!out.retry_after && answer->status < 400) out.retry_after = slow_retry(retry);
  }
  return out;
}

}  // namespace tocsin::notifier
