// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/event.hpp"

/// Alerts as an Atom 1.0 feed (RFC 4287). Any thread: everything here is pure.
namespace tocsin::notifier {

/// What the feed says of itself.
struct AtomFeed {
  std::string id;  ///< a URI that never changes
  std::string title;
  std::string url;            ///< where it is published; empty: not said
  std::size_t entries = 100;  ///< at most so many, newest first
};

/// The document that `previous` (what this function returned before, or "") becomes with `event` as
/// its newest entry. An event that is in it already takes its old entry's place at the top.
std::string with_entry(std::string_view previous, const AtomFeed& feed, const Event& event);

}  // namespace tocsin::notifier
