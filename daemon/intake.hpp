// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "daemon/describe.hpp"
#include "daemon/page_rule.hpp"
#include "fetcher/fetcher.hpp"
#include "rules/ruleset.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// What a worker needs to make sense of a document; it owns all of it.
struct IntakeInput {
  fetcher::Document document;
  fetcher::FeedSpec feed;
  bool first_fetch = false;         ///< the feed was never read before: its policy decides
  std::vector<std::uint64_t> seen;  ///< keys known for this feed, newest last
  std::shared_ptr<const rules::RuleSet> rules;
  PageRule pages;  ///< of which new items the linked page is wanted
  Timestamp now{};
};

/// What a document brought.
struct Intake {
  fetcher::Lesson lesson;
  bool seen_changed = false;
  std::vector<std::uint64_t> seen;           ///< to be stored in place of the input's
  std::vector<store::ArchivedItem> archive;  ///< new items, and edited ones
  std::vector<FoundItem> found;              ///< to be routed
  std::vector<store::PageWish> pages;        ///< to be fetched, but for what would be too many
  std::vector<std::string> warnings;         ///< what the parser repaired
  std::size_t items = 0;                     ///< in the document
};

/// Parses a document, tells new items from known ones, and matches the new ones.
///
/// An item is known when any of its keys was seen before, so a guid that changes at each poll does
/// not make a new item. Within one document every item counts, even where guids repeat. An edited
/// item is archived again and, where it matches, found as an update. Pages are wished for new items
/// alone, and not for those that a feed's first fetch keeps silent. Any thread: pure; the scratch
/// memory is the thread's own.
Intake take_in(const IntakeInput& input);

/// `seen` with the keys of a document added, newest last, and cut to ten times the largest document
/// (and never below a floor), so that a feed that grows and shrinks does not forget.
std::vector<std::uint64_t> remember(std::vector<std::uint64_t> seen,
                                    const std::vector<std::uint64_t>& document_keys);

}  // namespace tocsin::daemon
