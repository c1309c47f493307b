// SPDX-License-Identifier: MIT
#include "base/log.hpp"

#include <atomic>
#include <cstdlib>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"

namespace tocsin::log {
namespace {

Format default_format() {
  return std::getenv("JOURNAL_STREAM") != nullptr ? Format::journal
                                                  : Format::plain;  // NOLINT(concurrency-mt-unsafe)
}

std::atomic<Level> least_level{Level::info};
std::atomic<Format> chosen_format{default_format()};

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
                    std::initializer_list<Pair> fields) {
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

std::string as_text(Format format, Level level, std::string_view room, std::string_view what,
                    std::initializer_list<Pair> fields) {
  std::string line =
      format == Format::journal ? std::string(journal_prefix(level)) : utc_stamp() + ' ';
  line.append(name_of(level)).append(" ").append(room).append(": ").append(scrub(what));
  for (const auto& [key, value] : fields) {
    line.append(" ").append(key).append("=");
    append_value(line, value);
  }
  return line;
}

}  // namespace

void configure(Level least, Format format) {
  least_level = least;
  chosen_format = format;
}

std::string_view default_format_name() noexcept {
  return default_format() == Format::journal ? "journal" : "plain";
}

bool enabled(Level level) noexcept {
  return level >= least_level.load(std::memory_order_relaxed);
}

void event(Level level, std::string_view room, std::string_view what,
           std::initializer_list<Pair> fields) {
  if (!enabled(level)) return;
  const auto format = chosen_format.load(std::memory_order_relaxed);
  logger().log(spdlog::level::info, "{}",
               format == Format::json ? as_json(level, room, what, fields)
                                      : as_text(format, level, room, what, fields));
}

}  // namespace tocsin::log
