// SPDX-License-Identifier: MIT
#include "notifier/intervals.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::notifier {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr TimeWindow::Times kWholeDay{0, 1440};

bool begins_on(const TimeWindow& window, sys_days day) {
  if (window.weekdays.empty()) return true;
  const auto weekday = std::chrono::weekday(day).c_encoding();
  return std::find(window.weekdays.begin(), window.weekdays.end(), weekday) !=
         window.weekdays.end();
}

/// The end of the occurrence that begins on the local `day`, when `when` lies in it.
std::optional<Timestamp> end_on(const Zone& zone, const TimeWindow::Times& times, sys_days day,
                                Timestamp when) {
  const bool past_midnight = times.to_minute <= times.from_minute;
  const auto end = zone.at(day, times.to_minute + (past_midnight ? 1440 : 0));
  if (when < zone.at(day, times.from_minute) || when >= end) return std::nullopt;
  return end;
}

}  // namespace

Zone zone_or_utc(const std::string& name) {
  auto zone = Zone::open(name);
  if (zone) return std::move(*zone);
  return std::move(*Zone::open(""));
}

Intervals::Intervals(const std::vector<TimeInterval>& intervals) {
  for (const auto& interval : intervals) {
    auto& made = intervals_.emplace_back(Interval{interval.name, {}});
    for (const auto& window : interval.windows)
      made.windows.push_back({window, zone_or_utc(window.timezone)});
  }
}

const Intervals::Interval* Intervals::find(std::string_view name) const {
  const auto found = std::find_if(intervals_.begin(), intervals_.end(),
                                  [&](const Interval& one) { return one.name == name; });
  return found == intervals_.end() ? nullptr : &*found;
}

std::optional<Timestamp> Intervals::end_of(const Window& window, Timestamp when) {
  std::optional<Timestamp> latest;
  const auto today = window.zone.date(when);
  // One that goes past midnight began yesterday, or the day before where a clock went back a day.
  for (auto day = today - days{2}; day <= today; day += days{1}) {
    if (!begins_on(window.spec, day)) continue;
    auto consider = [&](const TimeWindow::Times& times) {
      const auto end = end_on(window.zone, times, day, when);
      if (end && (!latest || *end > *latest)) latest = end;
    };
    if (window.spec.times.empty()) consider(kWholeDay);
    for (const auto& times : window.spec.times) consider(times);
  }
  return latest;
}

std::optional<Timestamp> Intervals::until(const std::vector<std::string>& names,
                                          Timestamp when) const {
  std::optional<Timestamp> end;
  auto at = when;
  for (bool grown = true; grown && at < when + days{8};) {
    grown = false;
    for (const auto& name : names) {
      const auto* interval = find(name);
      if (interval == nullptr) continue;
      for (const auto& window : interval->windows) {
        const auto later = end_of(window, at);
        if (!later || *later <= at) continue;
        end = at = *later;
        grown = true;
      }
    }
  }
  return end;
}

Timestamp next_digest(const Digest& digest, const Zone& zone, Timestamp when) {
  std::optional<Timestamp> first;
  const auto today = zone.date(when);
  for (auto day = today; day <= today + days{2}; day += days{1})
    for (const int minute : digest.at_minutes) {
      const auto at = zone.at(day, minute);
      if (at > when && (!first || at < *first)) first = at;
    }
  return first.value_or(when);
}

}  // namespace tocsin::notifier
