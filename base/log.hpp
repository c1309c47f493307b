// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <source_location>
#include <string>
#include <string_view>

/// One event, one line: a sentence and `key=value` fields with fixed names (logfmt). Where
/// something is decided it is logged; where it only passes it is not. Every function here may be
/// called from any thread. Values are scrubbed; callers redact URLs (base/redact.hpp).
///
/// A place in the code that would flood the log, as when a thousand feeds fail at once, is held to
/// 20 lines in 10 s; how many were left out is told afterwards. Events of level debug are not
/// limited.
namespace tocsin::log {

enum class Level : std::uint8_t { debug, info, warn, error, off };

/// How lines look: `plain` with a time stamp for people, `journal` with the "<4>" priority prefix
/// that systemd reads and no stamp, `logfmt` nothing but `key=value`, `json` one object a line.
enum class Format : std::uint8_t { plain, journal, logfmt, json };

/// Levels of single rooms that differ from the general one.
using RoomLevels = std::map<std::string, Level, std::less<>>;

/// One field of an event. The text is copied before the call returns.
struct Pair {
  std::string_view key;
  std::string value;
};

/// Says how and from which level on lines are written to standard error. The default is `plain`
/// from `info` on, or `journal` where systemd set JOURNAL_STREAM. May be called again at any time:
/// rooms are read without a lock, and what they were is kept for those who still read it.
void configure(Level least, Format format, RoomLevels rooms = {});

/// The name of the format in force when nothing was configured: "journal" under systemd, which sets
/// JOURNAL_STREAM, else "plain".
std::string_view default_format_name() noexcept;

/// True when an event of `level` in `room` would be written: for fields that are dear to build.
bool enabled(Level level, std::string_view room) noexcept;

/// Writes one event. `room` is the folder that speaks ("fetcher", "notifier", ...); `where` is the
/// place that is limited.
void event(Level level, std::string_view room, std::string_view what,
           std::initializer_list<Pair> fields = {},
           const std::source_location& where = std::source_location::current());

/// Tells of lines that were left out, once their time is over. The daemon calls it now and then.
void tell_left_out();

inline void debug(std::string_view room, std::string_view what,
                  std::initializer_list<Pair> fields = {},
                  const std::source_location& where = std::source_location::current()) {
  event(Level::debug, room, what, fields, where);
}
inline void info(std::string_view room, std::string_view what,
                 std::initializer_list<Pair> fields = {},
                 const std::source_location& where = std::source_location::current()) {
  event(Level::info, room, what, fields, where);
}
inline void warn(std::string_view room, std::string_view what,
                 std::initializer_list<Pair> fields = {},
                 const std::source_location& where = std::source_location::current()) {
  event(Level::warn, room, what, fields, where);
}
inline void error(std::string_view room, std::string_view what,
                  std::initializer_list<Pair> fields = {},
                  const std::source_location& where = std::source_location::current()) {
  event(Level::error, room, what, fields, where);
}

}  // namespace tocsin::log
