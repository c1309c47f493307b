// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fetcher/feed_spec.hpp"
#include "model/event.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::daemon {

/// An item that matched and is to be alerted. With `item.update` it is a later edition of a known
/// item: of its watches only those count that no earlier edition matched (`keep_unmatched`).
struct FoundItem {
  std::string key;  ///< of the item in the archive
  EventItem item;
  std::vector<EventWatch> watches;  ///< never empty
};

/// `item` as alerts tell it, with the words around each hit of `matches` (not empty). Any thread:
/// pure.
FoundItem describe(const Item& item, const std::string& key, const fetcher::FeedSpec& feed,
                   Timestamp found, const std::vector<Match>& matches);

/// Takes out of `found` the watches in `matched`, with their hits; false when none is left.
/// Any thread: pure.
bool keep_unmatched(FoundItem& found, const std::vector<std::string>& matched);

/// `feed` as alerts name it: without what is secret about its address.
FeedRef reference_to(const fetcher::FeedSpec& feed);

/// Working memory for matching that is this thread's own.
rules::Scratch& thread_scratch();

}  // namespace tocsin::daemon
