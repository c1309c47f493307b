// SPDX-License-Identifier: MIT
#include "base/line_limit.hpp"

#include <utility>

namespace tocsin::log {

bool LineLimit::admit(const Place& place, std::string_view what, Instant now) {
  const std::scoped_lock lock(guard_);
  auto& span = spans_[place];
  // What an ended span left out is still to be told: `take_ended` begins the next one.
  if (span.left_out == 0 && now - span.begin >= span_) span = {now, 0, 0, {}};
  if (span.lines < most_) {
    ++span.lines;
    return true;
  }
  ++span.left_out;
  span.last = what;
  return false;
}

std::vector<LineLimit::LeftOut> LineLimit::take_ended(Instant now) {
  const std::scoped_lock lock(guard_);
  std::vector<LeftOut> out;
  for (auto& [place, span] : spans_) {
    if (span.left_out == 0 || now - span.begin < span_) continue;
    out.push_back({std::get<2>(place), std::move(span.last), span.left_out});
    span = {now, 0, 0, {}};
  }
  return out;
}

}  // namespace tocsin::log
