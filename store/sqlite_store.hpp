// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "base/result.hpp"
#include "store/store.hpp"

namespace tocsin::store {

/// How `SqliteStore` works; the defaults are right for use.
struct SqliteOptions {
  std::size_t batch = 100;              ///< most writes in one transaction
  std::chrono::milliseconds gather{5};  ///< longest that a write waits for others, when busy
  std::string vfs;                      ///< SQLite's way to the disk; empty: its own. For tests
};

/// The store in one SQLite file, `tocsin.db`, of a folder that it locks against a second instance.
///
/// Loop thread only: reads go through a connection of the loop thread, writes through another one
/// of the writer thread. The loop outlives it. The destructor waits for writes under way.
class SqliteStore final : public Store {
 public:
  /// Opens `folder`, which is made (0700) when it is not there, and brings the database up to date.
  ///
  /// Errors: denied (another instance runs on it; no permission to write), unsupported (written by
  /// a newer tocsin), malformed (damaged: the message says how to recover; nothing is changed), io.
  static Result<std::unique_ptr<SqliteStore>> open(std::filesystem::path folder,
                                                   boost::asio::any_io_executor loop,
                                                   SqliteOptions options = {});
  ~SqliteStore() override;

  Result<std::vector<std::pair<std::string, FeedState>>> feed_states() override;
  Result<void> feed_states(const std::vector<std::string_view>& feeds,
                           const std::function<void(FeedState)>& take) override;
  Result<std::vector<std::uint64_t>> seen(std::string_view feed) override;
  boost::asio::awaitable<Result<void>> commit(PollCommit poll) override;
  boost::asio::awaitable<Result<void>> save(
      std::vector<std::pair<std::string, FeedState>> feeds) override;
  Result<std::vector<ArchivedItem>> archived(const ArchiveQuery& query) override;
  Result<std::vector<std::string>> watches_matched(std::string_view feed,
                                                   std::string_view key) override;

  boost::asio::awaitable<Result<void>> notify(std::vector<Notification> notifications) override;
  Result<std::vector<PendingNotification>> pending(std::int64_t after, std::size_t limit) override;
  Result<std::vector<GroupState>> group_states() override;
  Result<std::vector<Timestamp>> releases_since(std::string_view receiver,
                                                Timestamp since) override;
  Result<std::optional<std::string>> told_by(std::string_view key, Timestamp since) override;
  boost::asio::awaitable<Result<void>> release(std::vector<Release> releases) override;
  Result<std::vector<OutboxRow>> outbox_waiting(std::int64_t after, std::size_t limit) override;
  Result<std::string> payload(std::string_view event) override;
  boost::asio::awaitable<Result<void>> record(AttemptRecord attempt) override;
  Result<std::vector<OutboxRow>> outbox(const OutboxQuery& query) override;
  Result<std::vector<Silence>> silences(Timestamp now) override;
  Result<std::int64_t> outside_changes() override;
  /// How full the outbox is: for metrics. Errors: io.
  Result<OutboxDepth> outbox_depth();
  boost::asio::awaitable<Result<bool>> prune(Retention retention, Timestamp now) override;
  boost::asio::awaitable<Result<bool>> index_words() override;

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::store
