// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "model/event.hpp"
#include "store/store.hpp"
#include "stories/grouper.hpp"

namespace tocsin::daemon {

/// Which story each matched item tells, over all feeds and through restarts.
///
/// Only items that matched are known to it: they are few, and nothing else is alerted. What it
/// knows is bounded by the window, and is read again from the archive at start. Loop thread only.
class StoryBook {
 public:
  explicit StoryBook(std::chrono::milliseconds window);

  /// Another window from now on (a reload). What fell out of the old one is not read again.
  void set_window(std::chrono::milliseconds window);

  /// Reads the matched items of the archive that came within the window before `now`, so that
  /// stories go on where they stopped. Where that fails it is logged, and stories begin anew: no
  /// reason not to run.
  void recall(store::Store& store, Timestamp now);

  /// Sets the story of `item`, when it was first seen, and how many feeds told it so far. Takes
  /// some tenths of a millisecond.
  void place(EventItem& item);

 private:
  /// The feeds that told a story, by name.
  struct Telling {
    std::vector<std::string> feeds;
    Timestamp last{};
  };
  std::uint32_t count_feed(const std::string& story, const std::string& feed, Timestamp when);

  std::chrono::seconds window_;
  stories::Grouper grouper_;
  std::unordered_map<std::string, Telling>
      tellings_;  // of stories within the window, and a few more
};

}  // namespace tocsin::daemon
