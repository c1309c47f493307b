// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tocsin::log {

/// Keeps one place in the code from flooding the log, as when a thousand feeds fail at once: so
/// many lines of it in a span of time are let through, the rest is counted.
///
/// Any thread: guards itself by a mutex, for lines come from the workers too.
class LineLimit {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// Where a line comes from: file, line, and the room that speaks.
  using Place = std::tuple<const char*, unsigned, std::string>;

  /// Lines of one place that were not written.
  struct LeftOut {
    std::string room;
    std::string what;  ///< the last of them
    std::size_t lines = 0;
  };

  LineLimit(std::size_t most, std::chrono::milliseconds span) : most_(most), span_(span) {}

  /// True when a line of `place` may be written at `now`; else it is counted.
  bool admit(const Place& place, std::string_view what, Instant now);

  /// What was left out in spans that have ended by `now`; each is told once.
  std::vector<LeftOut> take_ended(Instant now);

 private:
  struct Span {
    Instant begin;
    std::size_t lines = 0, left_out = 0;
    std::string last;
  };

  const std::size_t most_;
  const std::chrono::milliseconds span_;
  std::mutex guard_;
  std::map<Place, Span> spans_;  // one a place in the code, so never many
};

}  // namespace tocsin::log
