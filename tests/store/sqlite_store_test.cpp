// SPDX-License-Identifier: MIT
#include "store/sqlite_store.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "support.hpp"

namespace tocsin::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SqliteStoreTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteStore> open() {
    auto store = SqliteStore::open(folder_.path(), io_.get_executor());
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }
  Error refusal() {
    auto store = SqliteStore::open(folder_.path(), io_.get_executor());
    EXPECT_FALSE(store);
    return store ? Error{} : store.error();
  }
  void commit(Store& store, PollCommit poll) {
    const auto done = run(io_, store.commit(std::move(poll)));
    ASSERT_TRUE(done) << done.error().message;
  }

  TempFolder folder_;
  boost::asio::io_context io_;
};

PollCommit poll_of(std::string feed, std::vector<std::uint64_t> seen) {
  PollCommit poll;
  poll.feed = std::move(feed);
  poll.state.etag = "\"abc\"";
  poll.state.next_poll = at(1000);
  poll.seen_changed = true;
  poll.seen = std::move(seen);
  return poll;
}

Notification notification(std::string id) {
  Notification one;
  one.id = std::move(id);
  one.receiver = "desk";
  one.group_key = "desk/1";
  one.created = at(10);
  one.watches = {{"jcpoa", Severity::high, {{"topic", "iran"}}}};
  one.item.id = "guid";
  one.item.title = "Talks in Astana";
  return one;
}

TEST_F(SqliteStoreTest, StartsEmpty) {
  const auto store = open();
  EXPECT_THAT(*store->feed_states(), IsEmpty());
  EXPECT_THAT(*store->seen("tasnim"), IsEmpty());
  EXPECT_THAT(*store->pending(0, 10), IsEmpty());
}

TEST_F(SqliteStoreTest, KeepsFeedStateAndSeenKeysOverARestart) {
  FeedState state;
  state.etag = "\"v1\"";
  state.last_modified = "Mon, 23 Nov 2026 08:00:00 GMT";
  state.body_hash = 0xfedcba9876543210;
  state.last_poll = at(1);
  state.last_success = at(2);
  state.last_new_item = at(3);
  state.next_poll = at(4);
  state.next_reason = "Retry-After";
  state.wishes = 7;
  state.failures = 3;
  state.last_error = "timeout";
  state.permanent_url = "https://example.org/new";
  state.moved_to = "https://example.org/newer";
  state.moved_count = 2;
  state.gone = true;
  state.down_reported = true;
  state.silent_reported = true;
  state.gap_seconds = 12.5;
  state.hub = "https://hub.example.org";
  state.topic = "https://example.org/feed";
  state.source = 0xfedcba9876543211;
  PollCommit poll;
  poll.feed = "tasnim";
  poll.state = state;
  poll.seen_changed = true;
  poll.seen = {1, 0xffffffffffffffff, 3};
  {
    const auto store = open();
    commit(*store, poll);
  }
  const auto store = open();
  const auto states = *store->feed_states();
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].first, "tasnim");
  const auto& read = states[0].second;
  EXPECT_EQ(read.etag, state.etag);
  EXPECT_EQ(read.last_modified, state.last_modified);
  EXPECT_EQ(read.body_hash, state.body_hash);
  EXPECT_EQ(read.last_poll, state.last_poll);
  EXPECT_EQ(read.last_success, state.last_success);
  EXPECT_EQ(read.last_new_item, state.last_new_item);
  EXPECT_EQ(read.next_poll, state.next_poll);
  EXPECT_EQ(read.next_reason, state.next_reason);
  EXPECT_EQ(read.wishes, state.wishes);
  EXPECT_EQ(read.failures, state.failures);
  EXPECT_EQ(read.last_error, state.last_error);
  EXPECT_EQ(read.permanent_url, state.permanent_url);
  EXPECT_EQ(read.moved_to, state.moved_to);
  EXPECT_EQ(read.moved_count, state.moved_count);
  EXPECT_TRUE(read.gone && read.down_reported && read.silent_reported);
  EXPECT_EQ(read.gap_seconds, state.gap_seconds);
  EXPECT_EQ(read.hub, state.hub);
  EXPECT_EQ(read.topic, state.topic);
  EXPECT_EQ(read.source, state.source);
  std::vector<FeedState> some;
  const auto given = store->feed_states({"irna", "tasnim"},
                                        [&](FeedState one) { some.push_back(std::move(one)); });
  ASSERT_TRUE(given) << given.error().message;
  ASSERT_EQ(some.size(), 2U);
  EXPECT_EQ(some[0].next_poll, Timestamp{}) << "not known: as of new";
  EXPECT_EQ(some[1].topic, state.topic);
  EXPECT_THAT(*store->seen("tasnim"), ElementsAre(1, 0xffffffffffffffff, 3));
}

TEST_F(SqliteStoreTest, KeepsValidatorsWithAnyBytes) {
  const auto store = open();
  PollCommit poll;
  poll.feed = "odd";
  poll.state.etag = std::string("\"a\0b\xff\"", 7);
  commit(*store, poll);
  EXPECT_EQ((*store->feed_states())[0].second.etag, poll.state.etag);
}

TEST_F(SqliteStoreTest, LeavesSeenKeysAloneWhenThePollBroughtNone) {
  const auto store = open();
  commit(*store, poll_of("tasnim", {1, 2}));
  PollCommit unchanged;
  unchanged.feed = "tasnim";
  unchanged.state.failures = 1;
  commit(*store, unchanged);
  EXPECT_THAT(*store->seen("tasnim"), ElementsAre(1, 2));
  EXPECT_EQ((*store->feed_states())[0].second.failures, 1U);
}

TEST_F(SqliteStoreTest, TakesTheSameNotificationOnce) {
  const auto store = open();
  auto poll = poll_of("tasnim", {1});
  poll.notifications = {notification("n1"), notification("n2")};
  commit(*store, poll);
  commit(*store, poll);
  const auto pending = *store->pending(0, 10);
  ASSERT_EQ(pending.size(), 2U);
  EXPECT_EQ(pending[0].notification.id, "n1");
  EXPECT_EQ(pending[1].notification.id, "n2");
}

TEST_F(SqliteStoreTest, DoesNotTakeANotificationAgainThatWasReleased) {
  const auto store = open();
  auto poll = poll_of("tasnim", {1});
  poll.notifications = {notification("n1")};
  commit(*store, poll);
  Release release;
  release.settled = {{"n1", Fate::released}};
  std::vector<Release> all{release};
  ASSERT_TRUE(run(io_, store->release(all)));
  commit(*store, poll);
  EXPECT_THAT(*store->pending(0, 10), IsEmpty());
}

TEST_F(SqliteStoreTest, RefusesASecondInstanceAndNamesTheFirst) {
  const auto store = open();
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Errc::denied);
  EXPECT_THAT(refused.message, HasSubstr("another tocsin (process " + std::to_string(::getpid())));
}

TEST_F(SqliteStoreTest, RefusesAnEmptyFileInsteadOfStartingAfresh) {
  { const auto store = open(); }
  std::ofstream(folder_.database(), std::ios::trunc).close();
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Errc::malformed);
  EXPECT_THAT(refused.message, HasSubstr("start afresh"));
  EXPECT_EQ(std::filesystem::file_size(folder_.database()), 0U) << "nothing was changed";
}

TEST_F(SqliteStoreTest, RefusesALogWithoutItsDatabase) {
  { const auto store = open(); }
  std::filesystem::remove(folder_.database());
  std::ofstream(folder_.database().native() + "-wal") << "what was committed last";
  EXPECT_EQ(refusal().code, Errc::malformed);
}

TEST_F(SqliteStoreTest, RefusesAFileThatIsNoDatabase) {
  { const auto store = open(); }
  std::ofstream(folder_.database(), std::ios::trunc) << std::string(8192, 'x');
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Errc::malformed);
  EXPECT_THAT(refused.message, HasSubstr(".recover"));
}

TEST_F(SqliteStoreTest, KeepsWhatItStoresFromOtherUsers) {
  using std::filesystem::perms;
  const auto store = open();
  commit(*store, poll_of("tass", {1}));
  for (const auto* name : {"tocsin.db", "tocsin.db-wal", "tocsin.db-shm"}) {
    const auto mode = std::filesystem::status(folder_.path() / name).permissions();
    EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none) << name;
  }
}

TEST_F(SqliteStoreTest, RefusesADatabaseWithADamagedPage) {
  {
    const auto store = open();
    for (int i = 0; i < 200; ++i) commit(*store, poll_of("feed" + std::to_string(i), {1, 2, 3}));
  }
  {
    std::fstream file(folder_.database(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 2);
    file << std::string(4096 * 3, '\xee');
  }
  EXPECT_EQ(refusal().code, Errc::malformed);
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfSomebodyElse) {
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, "CREATE TABLE t(x)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_THAT(refusal().message, HasSubstr("not a database of tocsin"));
}

TEST_F(SqliteStoreTest, RefusesADatabaseWhoseVersionIsDamaged) {
  { const auto store = open(); }
  sqlite3* damaged = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &damaged), SQLITE_OK);
  sqlite3_exec(damaged, "PRAGMA user_version=-5", nullptr, nullptr, nullptr);
  sqlite3_close(damaged);
  EXPECT_EQ(refusal().code, Errc::malformed);
}

TEST_F(SqliteStoreTest, KeepsTheKeysOfADatabaseThatHeldThemBesideTheState) {
  {
    const auto store = open();
    commit(*store, poll_of("tasnim", {1, 2}));
    commit(*store, poll_of("tass", {}));
  }
  sqlite3* old = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &old), SQLITE_OK);
  const auto* back =
      "ALTER TABLE feed ADD COLUMN seen BLOB;"
      "UPDATE feed SET seen=(SELECT keys FROM seen WHERE feed=name);"
      "DROP TABLE seen; PRAGMA user_version=5";
  ASSERT_EQ(sqlite3_exec(old, back, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(old);
  sqlite3_close(old);
  const auto store = open();
  EXPECT_THAT(*store->seen("tasnim"), ElementsAre(1, 2));
  EXPECT_THAT(*store->seen("tass"), IsEmpty());
  commit(*store, poll_of("tasnim", {3}));
  EXPECT_THAT(*store->seen("tasnim"), ElementsAre(3));
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfANewerVersion) {
  { const auto store = open(); }
  sqlite3* newer = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &newer), SQLITE_OK);
  sqlite3_exec(newer, "PRAGMA user_version=999", nullptr, nullptr, nullptr);
  sqlite3_close(newer);
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Errc::unsupported);
  EXPECT_THAT(refused.message, HasSubstr("newer tocsin"));
}

TEST_F(SqliteStoreTest, RefusesAFolderThatItMayNotWriteTo) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become somebody without rights";
  { const auto store = open(); }
  EXPECT_EXIT(
      {
        if (::setuid(65534) != 0) std::exit(9);
        boost::asio::io_context io;
        auto store = SqliteStore::open(folder_.path(), io.get_executor());
        std::exit(!store && store.error().code == Errc::denied ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(SqliteStoreTest, IgnoresTheDraftOfAnInterruptedFirstStart) {
  std::ofstream(folder_.path() / "tocsin.db.new") << "half";
  const auto store = open();
  EXPECT_THAT(*store->feed_states(), IsEmpty());
}

}  // namespace
}  // namespace tocsin::store
