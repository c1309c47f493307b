// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "model/feed_state.hpp"
#include "model/item.hpp"
#include "model/match.hpp"
#include "model/notification.hpp"
#include "store/records.hpp"

namespace tocsin::store {

/// An item for the archive, with the watches that it matched.
struct ArchivedItem {
  std::int64_t sequence = 0;  ///< order of finding; set by the store, ignored in a commit
  std::string feed;           ///< its configured name; set by the store, ignored in a commit
  std::string key;            ///< stable id of the item within its feed (parser::ItemKeys::id)
  Item item;
  Timestamp found{};
  std::vector<Match> matches;
};

/// Everything that one poll changes: written in one transaction, or not at all.
struct PollCommit {
  std::string feed;  ///< its configured name
  FeedState state;
  bool seen_changed = false;        ///< false on a 304 or an error: `seen` is left as it is
  std::vector<std::uint64_t> seen;  ///< all keys to remember for this feed, newest last
  std::vector<ArchivedItem> items;  ///< new or updated items to archive
  std::vector<Notification> notifications;
};

/// What survives a restart: feed states, seen items, the archive, notifications and the outbox.
///
/// Loop thread only. Reads are direct and take microseconds. Writes go to the store's own writer
/// thread, are grouped into one transaction (at most 100 of them, or 5 ms), and resume the caller
/// after the commit is durable (WAL, synchronous=FULL): it then survives power loss.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// The state of every known feed, by name, in no order. Errors: io.
  virtual Result<std::vector<std::pair<std::string, FeedState>>> feed_states() = 0;

  /// Hands `take` the state of each of `feeds`, in their order; as of new for one that is not
  /// known. Errors: io.
  virtual Result<void> feed_states(const std::vector<std::string_view>& feeds,
                                   const std::function<void(FeedState)>& take) = 0;

  /// The keys remembered for `feed`; empty for one that was never polled. Errors: io.
  virtual Result<std::vector<std::uint64_t>> seen(std::string_view feed) = 0;

  /// Writes `poll`. Errors: io (disk full, database damaged): then nothing at all was changed.
  virtual boost::asio::awaitable<Result<void>> commit(PollCommit poll) = 0;

  /// Writes the states of these feeds, by name, and nothing else of them. Errors: as for `commit`.
  virtual boost::asio::awaitable<Result<void>> save(
      std::vector<std::pair<std::string, FeedState>> feeds) = 0;

  /// Items of the archive that `query` asks for. Errors: io.
  virtual Result<std::vector<ArchivedItem>> archived(const ArchiveQuery& query) = 0;

  /// The watches that any edition of an archived item matched, by name; none for an item that is
  /// not there. Errors: io.
  virtual Result<std::vector<std::string>> watches_matched(std::string_view feed,
                                                           std::string_view key) = 0;

  // Delivery: notifications wait for their group, are released into the outbox as events, and
  // leave it delivered or dead. docs/delivery.md tells the whole way.

  /// Writes notifications that no poll brought (health). Errors: io.
  virtual boost::asio::awaitable<Result<void>> notify(std::vector<Notification> notifications) = 0;

  /// At most `limit` pending notifications behind `after`, in order of commit. Errors: io.
  virtual Result<std::vector<PendingNotification>> pending(std::int64_t after,
                                                           std::size_t limit) = 0;

  /// When each group that is remembered was last released. Errors: io.
  virtual Result<std::vector<GroupState>> group_states() = 0;

  /// When `receiver` was released events since then, oldest first. Errors: io.
  virtual Result<std::vector<Timestamp>> releases_since(std::string_view receiver,
                                                        Timestamp since) = 0;

  /// The origin of the last `Release::told` of `key` since then; nothing when there was none.
  /// Errors: io.
  virtual Result<std::optional<std::string>> told_by(std::string_view key, Timestamp since) = 0;

  /// Settles notifications and puts their events into the outbox, all of `releases` in one
  /// transaction. Errors: io, as for `commit`.
  virtual boost::asio::awaitable<Result<void>> release(std::vector<Release> releases) = 0;

  /// At most `limit` waiting rows behind `after`, in order of release. Errors: io.
  virtual Result<std::vector<OutboxRow>> outbox_waiting(std::int64_t after, std::size_t limit) = 0;

  /// The payload of an event of the outbox. Errors: not_found, io.
  virtual Result<std::string> payload(std::string_view event) = 0;

  /// Writes how an attempt ended. A row that was dropped meanwhile stays so. Errors: io.
  virtual boost::asio::awaitable<Result<void>> record(AttemptRecord attempt) = 0;

  /// Rows of the outbox for people to look at. Errors: io.
  virtual Result<std::vector<OutboxRow>> outbox(const OutboxQuery& query) = 0;

  /// Silences that have not ended at `now`. Errors: io.
  virtual Result<std::vector<Silence>> silences(Timestamp now) = 0;

  /// Grows whenever a subcommand changed the outbox or the silences under the daemon: then both are
  /// to be read again. Errors: io.
  virtual Result<std::int64_t> outside_changes() = 0;

  /// Deletes some of what `retention` no longer keeps: a small step that holds nobody up. True when
  /// there may be more. Errors: io.
  virtual boost::asio::awaitable<Result<bool>> prune(Retention retention, Timestamp now) = 0;

  /// Puts the words of some archived items into the index that `ArchiveQuery::words` asks: a small
  /// step. True when there may be more; nothing is written when there is none. Errors: io.
  virtual boost::asio::awaitable<Result<bool>> index_words() = 0;
};

}  // namespace tocsin::store
