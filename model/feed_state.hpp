// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.hpp"

namespace tocsin {

/// The part of a FeedState that holds no text.
struct FeedFigures {
  std::uint64_t source = 0;     ///< hash of the configured address that all this is about
  std::uint64_t body_hash = 0;  ///< of the last body that was dealt with; 0: none
  Timestamp last_poll{};        ///< epoch: never polled
  Timestamp last_success{};     ///< the last 200 or 304 that was dealt with
  Timestamp last_new_item{};
  Timestamp next_poll{};
  std::uint64_t wishes = 0;  ///< what the last document asked for (fetcher/rhythm.hpp)
  double gap_seconds = 0;    ///< smoothed gap between new items; 0: not yet known
  std::chrono::milliseconds server_gap{};  ///< least gap that the last answer asked for (max-age);
                                           ///< for the poll under way only, not stored
  std::uint32_t failures = 0;              ///< in a row
  std::uint32_t moved_count = 0;           ///< how many polls in a row `moved_to` held
  bool gone = false;                       ///< 410: polling ended
  bool down_reported = false;              ///< a "feed down" health alert is out
  bool silent_reported = false;            ///< a "feed silent" health alert is out
};

/// What is known of a feed between two polls; all of it survives a restart.
struct FeedState : FeedFigures {
  std::string etag, last_modified;  ///< opaque bytes of the last complete 200 or 304; may be empty
  std::string next_reason;          ///< why `next_poll`: "interval 30m", "Retry-After", ...
  std::string last_error;           ///< of the last failed poll; empty after a success
  std::string permanent_url;        ///< learned from 301 or 308; empty: as configured
  std::string moved_to;             ///< a 301 or 308 target that has not yet held long enough
  std::string hub, topic;           ///< WebSub hub that the feed names, and for what; or ""
};

}  // namespace tocsin
