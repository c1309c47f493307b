// SPDX-License-Identifier: MIT
#include "app/logging.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/log.hpp"

namespace tocsin::app {
namespace {

using log::Format;
using log::Level;

constexpr std::array<std::string_view, 6> kRooms = {"daemon", "fetcher",  "parser",
                                                    "store",  "notifier", "web"};

std::optional<Level> level_called(std::string_view name) {
  static const std::map<std::string_view, Level> levels = {{"debug", Level::debug},
                                                           {"info", Level::info},
                                                           {"warn", Level::warn},
                                                           {"error", Level::error},
                                                           {"off", Level::off}};
  const auto found = levels.find(name);
  return found == levels.end() ? std::nullopt : std::optional(found->second);
}

Error malformed(std::string message) {
  return {Errc::malformed, std::move(message)};
}

struct Levels {
  Level least = Level::info;
  log::RoomLevels rooms;
};

/// One part between commas: "info", or "fetcher=debug".
Result<void> add_part(std::string_view part, Levels& out) {
  const auto equals = part.find('=');
  const auto room = part.substr(0, equals == std::string_view::npos ? 0 : equals);
  const auto level = level_called(part.substr(equals == std::string_view::npos ? 0 : equals + 1));
  if (!level)
    return malformed("--log takes debug, info, warn, error or off, as in info,fetcher=debug");
  if (equals == std::string_view::npos) {
    out.least = *level;
    return {};
  }
  if (std::find(kRooms.begin(), kRooms.end(), room) == kRooms.end())
    return malformed("--log: there is no room '" + std::string(room) +
                     "'; it is daemon, fetcher, parser, store, notifier or web");
  out.rooms[std::string(room)] = *level;
  return {};
}

Result<Levels> levels_of(std::string_view text) {
  Levels out;
  while (true) {
    const auto comma = text.find(',');
    if (const auto added = add_part(text.substr(0, comma), out); !added) return added.error();
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<void> set_logging(const Options& options, const config::LogSpec& spec) {
  static const std::map<std::string, Format, std::less<>> formats = {{"plain", Format::plain},
                                                                     {"journal", Format::journal},
                                                                     {"logfmt", Format::logfmt},
                                                                     {"json", Format::json}};
  auto levels = levels_of(options.value("--log", spec.levels));
  if (!levels) return std::move(levels).error();
  const std::string_view usual = spec.format.empty() ? log::default_format_name() : spec.format;
  const auto format = formats.find(options.value("--log-format", usual));
  if (format == formats.end())
    return malformed("--log-format takes plain, journal, logfmt or json");
  log::configure(levels->least, format->second, std::move(levels->rooms));
  return {};
}

}  // namespace tocsin::app
