// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/describe.hpp"
#include "fetcher/page.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// What a worker needs to make sense of an item's page; it owns all of it.
struct PageInput {
  fetcher::Page page;
  fetcher::FeedSpec feed;
  store::ArchivedItem item;  ///< as it is archived
  std::shared_ptr<const rules::RuleSet> rules;
  Timestamp now{};
};

/// What a page brought.
struct PageIntake {
  std::string text;                ///< its article; empty: it says no more than the feed
  std::vector<Match> matches;      ///< of the item with this text
  std::optional<FoundItem> found;  ///< the same for alerts; empty: nothing matches
};

/// Finds the article of a page and matches the item again with it in place of the feed's own text,
/// which becomes the summary where there is none (as the store does it, PageCommit). An article
/// that is no longer than that (a teaser before a paywall, no article at all) counts for nothing.
/// Any thread: pure; the scratch memory is the thread's own.
PageIntake take_in_page(const PageInput& input);

}  // namespace tocsin::daemon
