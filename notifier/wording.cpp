// SPDX-License-Identifier: MIT
#include "notifier/wording.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "notifier/marked.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

std::string joined(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names) {
    if (!out.empty()) out += ", ";
    out.append(name);
  }
  return out;
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

/// Null for a pattern that is none. An unknown zone is UTC.
std::unique_ptr<icu::SimpleDateFormat> make_format(std::string_view timezone,
                                                   std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  auto format =
      std::make_unique<icu::SimpleDateFormat>(unicode(pattern), icu::Locale::getEnglish(), status);
  if (U_FAILURE(status)) return nullptr;
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(unicode(timezone)));
  if (timezone.empty() || *zone == icu::TimeZone::getUnknown())
    zone.reset(icu::TimeZone::createTimeZone("UTC"));
  format->adoptTimeZone(zone.release());
  return format;
}

std::string update_mark(const Event& event) {
  return event.items.size() == 1 && event.items.front().update ? "Update: " : "";
}

}  // namespace

std::string_view shout(Severity severity) noexcept {
  switch (severity) {
    case Severity::low: return "LOW";
    case Severity::normal: return "NORMAL";
    case Severity::high: return "HIGH";
    case Severity::critical: return "CRITICAL";
  }
  return "NORMAL";
}

std::string watch_names(const Event& event) {
  std::vector<std::string_view> names;
  for (const auto& watch : event.watches) names.push_back(watch.name);
  return joined(names);
}

std::string watch_names(const EventItem& item, const Event& event) {
  std::vector<std::string_view> names;
  for (const auto& hit : item.hits)
    if (std::find(names.begin(), names.end(), hit.watch) == names.end()) names.push_back(hit.watch);
  if (names.empty() || event.items.size() == 1) return watch_names(event);
  return joined(names);
}

std::string count_text(std::size_t count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

std::string roughly(std::chrono::milliseconds span) {
  const auto seconds = span.count() / 1000;
  if (seconds < 1) return "just now";
  if (seconds < 90) return std::to_string(seconds) + " s";
  if (seconds < 90 * 60) return std::to_string((seconds + 30) / 60) + " min";
  if (seconds < 36 * 3600) return std::to_string((seconds + 1800) / 3600) + " h";
  return std::to_string((seconds + 43'200) / 86'400) + " days";
}

std::string age_text(const EventItem& item) {
  if (!item.published || item.found == Timestamp{} || *item.published > item.found) return {};
  const auto age = item.found - *item.published;
  if (age < std::chrono::seconds{1}) return "at publication";
  return roughly(age) + " after publication";
}

std::string headline(const Event& event, std::size_t max_chars) {
  if (event.type == EventType::health)
    return cut_at_word("tocsin: " + one_line(event.health_text), max_chars);
  const auto watches = cut_at_word(one_line(watch_names(event)), 60);
  if (event.type == EventType::digest) {
    auto text = "Digest: " + count_text(event.items.size(), "article");
    if (!watches.empty()) text.append(" on ").append(watches);
    return cut_at_word(text, max_chars);
  }
  std::string text = watches.empty() ? "" : "[" + watches + "] ";
  if (event.items.size() > 1) text.append(count_text(event.items.size(), "article")).append(": ");
  text += update_mark(event);
  if (!event.items.empty()) text += title_of(event.items.front());
  return cut_at_word(text, max_chars);
}

std::string local_time(Timestamp when, std::string_view timezone) {
  return local_time(when, timezone, "EEE d MMM yyyy, HH:mm zzz");
}

std::string local_time(Timestamp when, std::string_view timezone, std::string_view pattern) {
  // A formatter takes ICU 80 us to make and 2 us to use; a message has many dates in one form.
  thread_local std::string made_for;
  thread_local std::unique_ptr<icu::SimpleDateFormat> format;
  auto wanted = std::string(timezone).append("\n").append(pattern);
  if (format == nullptr || made_for != wanted) {
    format = make_format(timezone, pattern);
    made_for = std::move(wanted);
  }
  if (format == nullptr) return {};
  icu::UnicodeString text;
  format->format(static_cast<UDate>(when.time_since_epoch().count()), text);
  std::string out;
  return text.toUTF8String(out);
}

}  // namespace tocsin::notifier
