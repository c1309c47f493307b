// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
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

namespace tocsin::store {

/// An item for the archive, with the watches that it matched.
struct ArchivedItem {
  std::string key;  ///< stable id of the item within its feed (parser::ItemKeys::id)
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
/// thread, are grouped into one transaction (at most 100 polls or 50 ms), and resume the caller
/// after the commit is durable (WAL, synchronous=FULL): it then survives power loss.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// The state of every known feed, by name, in no order. Errors: io.
  virtual Result<std::vector<std::pair<std::string, FeedState>>> feed_states() = 0;

  /// The keys remembered for `feed`; empty for one that was never polled. Errors: io.
  virtual Result<std::vector<std::uint64_t>> seen(std::string_view feed) = 0;

  /// Writes `poll`. Errors: io (disk full, database damaged): then nothing at all was changed.
  virtual boost::asio::awaitable<Result<void>> commit(PollCommit poll) = 0;
};

}  // namespace tocsin::store
