// SPDX-License-Identifier: MIT
#include "store/sqlite_store.hpp"

#include <functional>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "store/detail/folder_lock.hpp"
#include "store/detail/rows.hpp"
#include "store/detail/schema.hpp"
#include "store/detail/writer.hpp"

namespace tocsin::store {

namespace asio = boost::asio;
using detail::Database;
using detail::Writer;

namespace {

/// Items whose words one step indexes: some milliseconds, since commits wait for the same writer.
constexpr std::int64_t kIndexStep = 100;

}  // namespace

struct SqliteStore::Parts {
  std::filesystem::path folder;
  asio::any_io_executor loop;
  detail::FolderLock lock;
  Database reader;  ///< the loop thread's
  Writer writer;    // last: it ends before what it uses

  using Work = std::function<Result<void>(Database&)>;

  /// Hands `work` to the writer; resumes on the loop after its commit.
  asio::awaitable<Result<void>> write(Writer::Haste haste, Work work) {
    auto start = [this, haste](auto handler, Work job) {
      // The writer's functions must be copyable, which handlers are not.
      auto shared = std::make_shared<decltype(handler)>(std::move(handler));
      auto done = [shared, guard = asio::make_work_guard(loop), this](Result<void> result) {
        if (!result) result = detail::explain(std::move(result).error(), folder);
        asio::post(guard.get_executor(), [shared, outcome = std::move(result)]() mutable {
          std::move (*shared)(std::move(outcome));
        });
      };
      writer.push({.haste = haste, .work = std::move(job), .done = std::move(done)});
    };
    return asio::async_initiate<const asio::use_awaitable_t<>&, void(Result<void>)>(
        start, asio::use_awaitable, std::move(work));
  }

  template <class T>
  Result<T> read(Result<T> result) const {
    if (!result) return detail::explain(std::move(result).error(), folder);
    return result;
  }
};

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(std::filesystem::path folder,
                                                       asio::any_io_executor loop,
                                                       SqliteOptions options) {
  auto lock = detail::FolderLock::take(folder);
  if (!lock) return std::move(lock).error();
  if (auto made = detail::create_if_missing(folder); !made) return std::move(made).error();
  auto writing = detail::open_connection(folder, options.vfs);
  if (!writing) return std::move(writing).error();
  if (auto sound = detail::check_and_migrate(*writing, folder); !sound)
    return std::move(sound).error();
  auto reading = detail::open_connection(folder, options.vfs);
  if (!reading) return std::move(reading).error();
  auto parts = std::unique_ptr<Parts>(
      new Parts{.folder = std::move(folder),
                .loop = std::move(loop),
                .lock = std::move(*lock),
                .reader = std::move(*reading),
                .writer = {std::move(*writing), options.batch, options.gather}});
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

Result<std::vector<std::pair<std::string, FeedState>>> SqliteStore::feed_states() {
  return parts_->read(detail::read_feeds(parts_->reader));
}

Result<void> SqliteStore::feed_states(const std::vector<std::string_view>& feeds,
                                      const std::function<void(FeedState)>& take) {
  return parts_->read(detail::read_feeds(parts_->reader, feeds, take));
}

Result<std::vector<std::uint64_t>> SqliteStore::seen(std::string_view feed) {
  return parts_->read(detail::read_seen(parts_->reader, feed));
}

asio::awaitable<Result<void>> SqliteStore::commit(PollCommit poll) {
  const auto haste = poll.notifications.empty() ? Writer::Haste::can_wait : Writer::Haste::now;
  auto work = [shared = std::make_shared<PollCommit>(std::move(poll))](Database& db) {
    if (auto done = detail::write_feed(db, shared->feed, shared->state); !done) return done;
    if (shared->seen_changed)
      if (auto done = detail::write_seen(db, shared->feed, shared->seen); !done) return done;
    if (auto done = detail::write_items(db, *shared); !done) return done;
    if (auto done = detail::write_pages(db, *shared); !done) return done;
    return detail::write_notifications(db, shared->notifications);
  };
  return parts_->write(haste, std::move(work));
}

asio::awaitable<Result<void>> SqliteStore::save(
    std::vector<std::pair<std::string, FeedState>> feeds) {
  auto all = std::make_shared<std::vector<std::pair<std::string, FeedState>>>(std::move(feeds));
  auto work = [all = std::move(all)](Database& db) -> Result<void> {
    for (const auto& [name, state] : *all)
      if (auto done = detail::write_feed(db, name, state); !done) return done;
    return {};
  };
  return parts_->write(Writer::Haste::can_wait, std::move(work));
}

Result<std::vector<ArchivedItem>> SqliteStore::archived(const ArchiveQuery& query) {
  return parts_->read(detail::read_archive(parts_->reader, query));
}

Result<std::vector<std::string>> SqliteStore::watches_matched(std::string_view feed,
                                                              std::string_view key) {
  return parts_->read(detail::read_watches_matched(parts_->reader, feed, key));
}

Result<std::optional<ArchivedItem>> SqliteStore::archived_item(std::string_view feed,
                                                               std::string_view key) {
  return parts_->read(detail::read_archived(parts_->reader, feed, key));
}

Result<std::vector<PageWish>> SqliteStore::pages() {
  return parts_->read(detail::read_pages(parts_->reader));
}

asio::awaitable<Result<void>> SqliteStore::commit_page(PageCommit page) {
  const auto haste = page.notifications.empty() ? Writer::Haste::can_wait : Writer::Haste::now;
  auto work = [shared = std::make_shared<PageCommit>(std::move(page))](Database& db) {
    if (auto done = detail::write_page(db, *shared); !done) return done;
    return detail::write_notifications(db, shared->notifications);
  };
  return parts_->write(haste, std::move(work));
}

asio::awaitable<Result<void>> SqliteStore::notify(std::vector<Notification> notifications) {
  auto work = [all = std::move(notifications)](Database& db) {
    return detail::write_notifications(db, all);
  };
  return parts_->write(Writer::Haste::now, std::move(work));
}

Result<std::vector<PendingNotification>> SqliteStore::pending(std::int64_t after,
                                                              std::size_t limit) {
  return parts_->read(detail::read_pending(parts_->reader, after, limit));
}

Result<std::vector<GroupState>> SqliteStore::group_states() {
  return parts_->read(detail::read_groups(parts_->reader));
}

Result<std::vector<Timestamp>> SqliteStore::releases_since(std::string_view receiver,
                                                           Timestamp since) {
  return parts_->read(detail::read_releases(parts_->reader, receiver, since));
}

Result<std::optional<std::string>> SqliteStore::told_by(std::string_view key, Timestamp since) {
  return parts_->read(detail::read_told(parts_->reader, key, since));
}

asio::awaitable<Result<void>> SqliteStore::release(std::vector<Release> releases) {
  auto work = [all = std::move(releases)](Database& db) -> Result<void> {
    for (const auto& one : all)
      if (auto done = detail::write_release(db, one); !done) return done;
    return {};
  };
  return parts_->write(Writer::Haste::now, std::move(work));
}

Result<std::vector<OutboxRow>> SqliteStore::outbox_waiting(std::int64_t after, std::size_t limit) {
  return parts_->read(detail::read_waiting(parts_->reader, after, limit));
}

Result<std::string> SqliteStore::payload(std::string_view event) {
  return parts_->read(detail::read_payload(parts_->reader, event));
}

asio::awaitable<Result<void>> SqliteStore::record(AttemptRecord attempt) {
  auto work = [one = std::move(attempt)](Database& db) { return detail::write_attempt(db, one); };
  return parts_->write(Writer::Haste::now, std::move(work));
}

Result<std::vector<OutboxRow>> SqliteStore::outbox(const OutboxQuery& query) {
  return parts_->read(detail::read_outbox(parts_->reader, query));
}

Result<OutboxDepth> SqliteStore::outbox_depth() {
  return parts_->read(detail::read_depth(parts_->reader));
}

Result<std::vector<Silence>> SqliteStore::silences(Timestamp now) {
  return parts_->read(detail::read_silences(parts_->reader, now));
}

Result<std::int64_t> SqliteStore::outside_changes() {
  return parts_->read(detail::read_outside_changes(parts_->reader));
}

asio::awaitable<Result<bool>> SqliteStore::prune(Retention retention, Timestamp now) {
  const auto more = std::make_shared<bool>(false);
  Parts::Work work = [more, retention, now](Database& db) -> Result<void> {
    const auto step = detail::prune_step(db, retention, now);
    if (!step) return step.error();
    *more = *step;
    return {};
  };
  auto written = parts_->write(Writer::Haste::can_wait, std::move(work));
  auto done = co_await std::move(written);
  if (!done) co_return std::move(done).error();
  co_return Result<bool>(*more);
}

asio::awaitable<Result<bool>> SqliteStore::index_words() {
  const auto waiting = parts_->read(detail::count_unindexed(parts_->reader));
  if (!waiting) co_return waiting.error();
  if (*waiting == 0) co_return Result<bool>(false);
  Parts::Work work = [](Database& db) { return detail::index_step(db, kIndexStep); };
  auto written = parts_->write(Writer::Haste::can_wait, std::move(work));
  auto done = co_await std::move(written);
  if (!done) co_return std::move(done).error();
  co_return Result<bool>(*waiting > kIndexStep);
}

}  // namespace tocsin::store
