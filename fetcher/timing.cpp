// SPDX-License-Identifier: MIT
#include "fetcher/timing.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <string>

#include <curl/curl.h>

#include "base/time_format.hpp"

namespace tocsin::fetcher {
namespace {

using std::chrono::seconds;

// Jitter is up to a tenth, either way.
constexpr int kJitterPart = 10;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A whole number of seconds; one that is too large for a number is the clamp.
std::optional<milliseconds> delta_seconds(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  // Compared as seconds: the number may be too large for milliseconds.
  constexpr auto kMost = std::chrono::duration_cast<seconds>(kLongestWish).count();
  if (read.ec != std::errc{} || value > kMost) return kLongestWish;
  return seconds{value};
}

/// The value of a Cache-Control directive, or empty.
std::optional<std::string_view> directive(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto comma = std::min(header.find(','), header.size());
    const auto part = trimmed(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    const auto equals = part.find('=');
    const auto key = trimmed(part.substr(0, equals));
    const bool same = std::equal(
        key.begin(), key.end(), name.begin(), name.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
    if (!same) continue;
    if (equals == std::string_view::npos) return std::string_view{};
    auto value = trimmed(part.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return value;
  }
  return std::nullopt;
}

/// Between -1 and 1, the same for the same feed and moment: jitter that tests can rely on.
double spread(const std::string& name, Timestamp now) {
  const auto bits = std::hash<std::string>{}(name + std::to_string(now.time_since_epoch().count()));
  return static_cast<double>(bits >> 11U) / static_cast<double>(1ULL << 52U) - 1.0;
}

milliseconds jittered(milliseconds span, const std::string& name, Timestamp now) {
  const auto wide = static_cast<double>(span.count()) / kJitterPart * spread(name, now);
  return span + milliseconds{std::llround(wide)};
}

/// Moves `when` on to the next hour that the feed does not ask to be left alone in. At most a week.
Timestamp past_skipped(Timestamp when, const FeedWish& wish) {
  using std::chrono::days;
  using std::chrono::hours;
  if (wish.skip_hours == 0 && wish.skip_days == 0) return when;
  auto at = when;
  for (int tries = 0; tries < 24 * 7; ++tries) {
    const auto day = std::chrono::floor<days>(at);
    const auto hour = std::chrono::floor<hours>(at - day).count();
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding();
    const bool skipped = ((wish.skip_hours >> static_cast<unsigned>(hour)) & 1U) != 0 ||
                         ((static_cast<unsigned>(wish.skip_days) >> weekday) & 1U) != 0;
    if (!skipped) return at;
    at = std::chrono::floor<hours>(at) + hours{1};
  }
  return when;  // every hour is skipped: the feed asks for nonsense
}

}  // namespace

std::optional<Timestamp> http_date(std::string_view text) {
  // The end of the year 9999, the last that an HTTP date can name: libcurl reads years far beyond
  // what milliseconds hold.
  constexpr std::int64_t kLastSecond = 253'402'300'799;
  const std::string terminated(text);
  const std::int64_t seconds_since = curl_getdate(terminated.c_str(), nullptr);
  if (seconds_since < 0 || seconds_since > kLastSecond) return std::nullopt;
  return Timestamp{seconds{seconds_since}};
}

std::optional<milliseconds> retry_after(const net::Headers& headers, Timestamp now) {
  const auto value = trimmed(net::header(headers, "retry-after"));
  if (value.empty()) return std::nullopt;
  if (const auto delta = delta_seconds(value)) return delta;
  const auto date = http_date(value);
  if (!date || *date <= now) return std::nullopt;
  return std::min<milliseconds>(*date - now, kLongestWish);
}

milliseconds freshness(const net::Headers& headers, Timestamp now) {
  const auto control = net::header(headers, "cache-control");
  if (directive(control, "no-store") || directive(control, "no-cache")) return milliseconds{0};
  if (const auto age = directive(control, "max-age"))
    return delta_seconds(*age).value_or(milliseconds{0});
  const auto expires = http_date(net::header(headers, "expires"));
  if (!expires || *expires <= now) return milliseconds{0};
  return std::min<milliseconds>(*expires - now, kLongestWish);
}

milliseconds interval_of(const FeedSpec& feed, const FetchOptions& options,
                         const FeedState& state) {
  if (feed.interval) return *feed.interval;
  if (state.gap_seconds <= 0) return options.default_interval;
  const auto half = milliseconds{std::llround(state.gap_seconds * 1000 / 2)};
  return std::clamp(half, options.min_interval, options.max_interval);
}

Plan plan_pushed(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
                 Timestamp now) {
  constexpr milliseconds kLeast{std::chrono::hours{1}};
  const auto interval = interval_of(feed, options, state);
  const auto slow = std::min(std::max(4 * interval, kLeast), options.max_interval);
  return {now + jittered(std::max(slow, interval), feed.name, now), std::string(kPushedReason)};
}

milliseconds longest_plan(const FeedSpec& feed, const FetchOptions& options,
                          const FeedFigures& state) {
  const auto wish = unpack_wish(state.wishes);
  const bool skips = wish.skip_hours != 0 || wish.skip_days != 0;
  const auto longest = std::max({feed.interval.value_or(milliseconds{0}), options.max_interval,
                                 options.default_interval, kLongestWish});
  return longest + longest / kJitterPart + (skips ? std::chrono::days{7} : std::chrono::days{0});
}

Plan plan_retry(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
                Timestamp now, std::optional<milliseconds> wish) {
  constexpr std::uint32_t kMostDoublings = 20;
  auto delay = interval_of(feed, options, state);
  for (std::uint32_t i = 1; i < std::min(state.failures, kMostDoublings); ++i)
    delay = std::min<milliseconds>(delay * 2, kLongestWish);
  delay = jittered(delay, feed.name, now);
  if (wish && *wish > delay)
    return {now + *wish, "Retry-After " + format_duration(std::chrono::floor<seconds>(*wish))};
  const auto count = std::to_string(state.failures);
  return {now + delay, count + (state.failures == 1 ? " failure" : " failures in a row")};
}

Plan plan_next(const FeedSpec& feed, const FetchOptions& options, const FeedState& state,
               Timestamp now, const FeedWish& wish) {
  auto interval = interval_of(feed, options, state);
  // A feed that fell silent is asked less and less: a twentieth of the silence at a time.
  constexpr int kPollsInASilence = 20;
  if (!feed.interval && state.last_new_item != Timestamp{})
    interval =
        std::max(interval, std::min<milliseconds>((now - state.last_new_item) / kPollsInASilence,
                                                  options.max_interval));
  auto delay = jittered(interval, feed.name, now);
  std::string reason = (feed.interval           ? "interval "
                        : state.gap_seconds > 0 ? "its rhythm, "
                                                : "default ") +
                       format_duration(interval);
  const auto ttl = std::min(wish.ttl, kLongestWish);
  if (ttl > delay) {
    delay = ttl;
    reason = "the feed's ttl " + format_duration(ttl);
  }
  if (state.server_gap > delay) {
    delay = state.server_gap;
    reason = "Cache-Control max-age " + format_duration(state.server_gap);
  }
  const auto when = now + delay;
  const auto allowed = past_skipped(when, wish);
  if (allowed != when) reason = "the feed's skipHours or skipDays";
  return {allowed, reason};
}

}  // namespace tocsin::fetcher
