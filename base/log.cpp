// SPDX-License-Identifier: MIT
#include "base/log.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <utility>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/line_limit.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"

namespace tocsin::log {
namespace {

Format default_format() {
  return std::getenv("JOURNAL_STREAM") != nullptr ? Format::journal
                                                  : Format::plain;  // NOLINT(concurrency-mt-unsafe)
}

constexpr std::size_t kMostLines = 20;
constexpr std::chrono::milliseconds kLimitSpan{10'000};

std::atomic<Level> least_level{Level::info};
std::atomic<Format> chosen_format{default_format()};

/// The levels in force. Each setting that ever was stays in memory, for a thread may still read it:
/// they change at a reload at most, and a setting that is as before adds none.
std::atomic<const RoomLevels*> room_levels{nullptr};

void set_room_levels(RoomLevels rooms) {
  static std::mutex mutex;
  static std::deque<RoomLevels> all;
  const std::lock_guard lock(mutex);
  auto known = std::find(all.begin(), all.end(), rooms);
  if (known == all.end()) known = all.insert(all.end(), std::move(rooms));
  room_levels = &*known;
}

LineLimit& limit() {
  static LineLimit instance(kMostLines, kLimitSpan);
  return instance;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("tocsin",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_level(spdlog::level::trace);
    made->set_pattern("%v");
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
    case Level::off: break;
  }
  return "off";
}

/// The syslog priority that journald reads from a "<N>" prefix (sd-daemon(3)).
std::string_view journal_prefix(Level level) {
  switch (level) {
    case Level::debug: return "<7>";
    case Level::info: return "<6>";
    case Level::warn: return "<4>";
    default: return "<3>";
  }
}

std::string utc_stamp() {
  const auto now = SystemClock().now();
  auto stamp = format_rfc3339(now);
  stamp.pop_back();  // the Z returns after the milliseconds
  return stamp + fmt::format(".{:03}Z", now.time_since_epoch().count() % 1000);
}

/// A logfmt value: quoted when it holds a blank, a quote or an equals sign, or is empty.
void append_value(std::string& line, std::string_view value) {
  const auto clean = scrub(value);
  if (!clean.empty() && clean.find_first_of(" \"=\\") == std::string::npos) {
    line += clean;
    return;
  }
  line += '"';
  for (const char c : clean) {
    if (c == '"' || c == '\\') line += '\\';
    line += c;
  }
  line += '"';
}

void append_json_string(std::string& line, std::string_view value) {
  line += '"';
  for (const char c : scrub(value)) {  // scrub leaves no control characters to escape
    if (c == '"' || c == '\\') line += '\\';
    line += c;
  }
  line += '"';
}

std::string as_json(Level level, std::string_view room, std::string_view what,
                    std::span<const Pair> fields) {
  std::string line = "{\"time\":\"" + utc_stamp() + "\",\"level\":\"";
  line.append(name_of(level)).append("\",\"room\":");
  append_json_string(line, room);
  line += ",\"event\":";
  append_json_string(line, what);
  for (const auto& [key, value] : fields) {
    line += ',';
    append_json_string(line, key);
    line += ':';
    append_json_string(line, value);
  }
  return line += '}';
}

void append_fields(std::string& line, std::span<const Pair> fields) {
  for (const auto& [key, value] : fields) {
    line.append(" ").append(key).append("=");
    append_value(line, value);
  }
}

std::string as_logfmt(Level level, std::string_view room, std::string_view what,
                      std::span<const Pair> fields) {
  std::string line = "time=" + utc_stamp() + " level=";
  line.append(name_of(level)).append(" room=").append(room).append(" event=");
  append_value(line, what);
  append_fields(line, fields);
  return line;
}

std::string as_text(Format format, Level level, std::string_view room, std::string_view what,
                    std::span<const Pair> fields) {
  std::string line =
      format == Format::journal ? std::string(journal_prefix(level)) : utc_stamp() + ' ';
  line.append(name_of(level)).append(" ").append(room).append(": ").append(scrub(what));
  append_fields(line, fields);
  return line;
}

void write(Level level, std::string_view room, std::string_view what,
           std::span<const Pair> fields) {
  const auto format = chosen_format.load(std::memory_order_relaxed);
  const auto line = format == Format::json     ? as_json(level, room, what, fields)
                    : format == Format::logfmt ? as_logfmt(level, room, what, fields)
                                               : as_text(format, level, room, what, fields);
  logger().log(spdlog::level::info, "{}", line);
}

}  // namespace

void configure(Level least, Format format, RoomLevels rooms) {
  least_level = least;
  chosen_format = format;
  set_room_levels(std::move(rooms));
}

std::string_view default_format_name() noexcept {
  return default_format() == Format::journal ? "journal" : "plain";
}

bool enabled(Level level, std::string_view room) noexcept {
  auto least = least_level.load(std::memory_order_relaxed);
  if (const auto* const rooms = room_levels.load(std::memory_order_acquire); rooms != nullptr)
    if (const auto own = rooms->find(room); own != rooms->end()) least = own->second;
  return level >= least;
}

void event(Level level, std::string_view room, std::string_view what,
           std::initializer_list<Pair> fields, const std::source_location& where) {
  if (!enabled(level, room)) return;
  const auto admit = [&] {
    const LineLimit::Place place{where.file_name(), where.line(), std::string(room)};
    return limit().admit(place, what, std::chrono::steady_clock::now());
  };
  if (level != Level::debug && !admit()) return;
  write(level, room, what, {fields.begin(), fields.size()});
}

void tell_left_out() {
  for (const auto& one : limit().take_ended(std::chrono::steady_clock::now())) {
    const Pair fields[] = {{"lines", std::to_string(one.lines)}, {"like", one.what}};
    write(Level::warn, one.room, "lines were left out", fields);
  }
}

}  // namespace tocsin::log
