// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "notifier/spec.hpp"

// How single values of the configuration are read from their text. Any thread: pure.
//
// Errors are malformed; what stands behind "; " in a message says what to write instead.
namespace tocsin::config::detail {

/// "08:30" as minutes after midnight; "24:00" is 1440.
Result<int> read_clock_time(std::string_view text);

/// "22:00-06:30". The two ends may not be equal.
Result<notifier::TimeWindow::Times> read_clock_range(std::string_view text);

/// "20/h", "5/10m": so many in such a time.
Result<notifier::Throttle> read_rate(std::string_view text);

/// "8MiB", "500KB", "4096": bytes.
Result<std::uint64_t> read_size(std::string_view text);

/// A whole decimal number; a leading zero is an error, for others read it as octal.
Result<std::int64_t> read_integer(std::string_view text);

/// "true" or "false".
Result<bool> read_boolean(std::string_view text);

/// An absolute http: or https: URL; `file:` and `socks5h:` are for whoever asks for them.
enum class Schemes : std::uint8_t { web, web_and_file, proxy };
Result<std::string> read_url(std::string_view text, Schemes which);

/// An IANA name of a time zone.
Result<std::string> read_zone(std::string_view text);

/// "desk@example.org".
Result<std::string> read_address(std::string_view text);

/// "Desk <desk@example.org>" or the address alone: (name, address).
Result<std::pair<std::string, std::string>> read_mailbox(std::string_view text);

/// A BCP 47 tag: "fa", "zh-Hant".
Result<std::string> read_language(std::string_view text);

/// "127.0.0.1:8787", "[::1]:8787", "localhost:25". Without `default_port` a port is required.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};
Result<Endpoint> read_endpoint(std::string_view text, std::uint16_t default_port = 0);

}  // namespace tocsin::config::detail
