// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "store/detail/database.hpp"
#include "store/records.hpp"
#include "store/store.hpp"

/// What is read from and written to each table. Errors: io, malformed (damaged). Functions that
/// write run inside of a transaction of the caller.
namespace tocsin::store::detail {

// feed_rows.cpp
Result<std::vector<std::pair<std::string, FeedState>>> read_feeds(Database& db);
/// As of new for a feed that is not known. All as of one moment.
Result<void> read_feeds(Database& db, const std::vector<std::string_view>& feeds,
                        const std::function<void(FeedState)>& take);
Result<std::vector<std::uint64_t>> read_seen(Database& db, std::string_view feed);
Result<void> write_seen(Database& db, std::string_view feed,
                        const std::vector<std::uint64_t>& seen);
Result<void> write_feed(Database& db, std::string_view feed, const FeedState& state);

// archive_rows.cpp
Result<void> write_items(Database& db, const PollCommit& poll);
Result<std::vector<ArchivedItem>> read_archive(Database& db, const ArchiveQuery& query);
Result<std::vector<std::string>> read_watches_matched(Database& db, std::string_view feed,
                                                      std::string_view key);
/// Nothing when it is not there.
Result<std::optional<ArchivedItem>> read_archived(Database& db, std::string_view feed,
                                                  std::string_view key);
/// Puts the full text of an item, and what it then matches, to what is archived of it.
Result<void> write_full_text(Database& db, const PageCommit& page);

// page_rows.cpp
Result<void> write_pages(Database& db, const PollCommit& poll);
Result<void> write_page(Database& db, const PageCommit& commit);
Result<std::vector<PageWish>> read_pages(Database& db);

// index_rows.cpp
/// How many archived items the index of words does not hold yet, or a few more; 0 is exact.
Result<std::int64_t> count_unindexed(Database& db);
/// Puts the words of at most `items` more into the index.
Result<void> index_step(Database& db, std::int64_t items);

// upkeep.cpp
/// What is wrong with the whole database, a line each; empty: nothing.
Result<std::vector<std::string>> find_damage(Database& db);
/// Writes a copy that is whole as of now, while others write. `file` must not be there.
Result<void> copy_to(Database& db, std::string_view file);

// notification_rows.cpp
Result<void> write_notifications(Database& db, const std::vector<Notification>& notifications);
Result<std::vector<PendingNotification>> read_pending(Database& db, std::int64_t after,
                                                      std::size_t limit);
Result<std::vector<GroupState>> read_groups(Database& db);
Result<std::vector<Timestamp>> read_releases(Database& db, std::string_view receiver,
                                             Timestamp since);
Result<std::optional<std::string>> read_told(Database& db, std::string_view key, Timestamp since);
Result<void> write_release(Database& db, const Release& release);

// outbox_rows.cpp
Result<std::vector<OutboxRow>> read_waiting(Database& db, std::int64_t after, std::size_t limit);
Result<std::vector<OutboxRow>> read_outbox(Database& db, const OutboxQuery& query);
Result<OutboxDepth> read_depth(Database& db);
Result<std::string> read_payload(Database& db, std::string_view event);
Result<void> write_attempt(Database& db, const AttemptRecord& attempt);
Result<std::vector<Silence>> read_silences(Database& db, Timestamp now);
Result<std::int64_t> read_outside_changes(Database& db);
/// Rows changed, for the operator's commands: see `Admin`.
Result<std::int64_t> retry_rows(Database& db, const OutboxQuery& query, Timestamp now);
Result<std::int64_t> drop_rows(Database& db, const OutboxQuery& query, Timestamp now);
Result<std::int64_t> write_silence(Database& db, const Silence& silence);

// retention.cpp
/// Deletes at most some hundred rows; true when there may be more to delete.
Result<bool> prune_step(Database& db, const Retention& retention, Timestamp now);

}  // namespace tocsin::store::detail
