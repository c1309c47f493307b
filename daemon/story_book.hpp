// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

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

  /// Reads the matched items of the archive that came within the window before `now`, so that
  /// stories go on where they stopped. Where that fails it is logged, and stories begin anew: no
  /// reason not to run.
  void recall(store::Store& store, Timestamp now);

  /// Sets the story of `item`, and when it was first seen. Takes some tenths of a millisecond.
  void place(EventItem& item);

 private:
  std::chrono::seconds window_;
  stories::Grouper grouper_;
};

}  // namespace tocsin::daemon
