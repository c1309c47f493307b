// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

/// One event, one line: a sentence and `key=value` fields with fixed names (logfmt). Where
/// something is decided it is logged; where it only passes it is not. Every function here may be
/// called from any thread. Values are scrubbed; callers redact URLs (base/redact.hpp).
namespace tocsin::log {

enum class Level : std::uint8_t { debug, info, warn, error, off };

/// How lines look: `plain` with a time stamp for people, `journal` with the "<4>" priority prefix
/// that systemd reads and no stamp, `json` one object a line.
enum class Format : std::uint8_t { plain, journal, json };

/// One field of an event. The text is copied before the call returns.
struct Pair {
  std::string_view key;
  std::string value;
};

/// Says how and from which level on lines are written to standard error. The default is `plain`
/// from `info` on, or `journal` where systemd set JOURNAL_STREAM.
void configure(Level least, Format format);

/// The name of the format in force when nothing was configured: "journal" under systemd, which sets
/// JOURNAL_STREAM, else "plain".
std::string_view default_format_name() noexcept;

/// True when an event of `level` would be written: for fields that are dear to build.
bool enabled(Level level) noexcept;

/// Writes one event. `room` is the folder that speaks ("fetcher", "notifier", ...).
void event(Level level, std::string_view room, std::string_view what,
           std::initializer_list<Pair> fields = {});

inline void debug(std::string_view room, std::string_view what,
                  std::initializer_list<Pair> fields = {}) {
  event(Level::debug, room, what, fields);
}
inline void info(std::string_view room, std::string_view what,
                 std::initializer_list<Pair> fields = {}) {
  event(Level::info, room, what, fields);
}
inline void warn(std::string_view room, std::string_view what,
                 std::initializer_list<Pair> fields = {}) {
  event(Level::warn, room, what, fields);
}
inline void error(std::string_view room, std::string_view what,
                  std::initializer_list<Pair> fields = {}) {
  event(Level::error, room, what, fields);
}

}  // namespace tocsin::log
