// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fault_vfs.hpp"
#include "support.hpp"

namespace tocsin::store {
namespace {

PollCommit poll_of(int number) {
  PollCommit poll;
  poll.feed = "feed" + std::to_string(number);
  poll.seen_changed = true;
  poll.seen = {1, 2, 3};
  ArchivedItem item;
  item.key = "k";
  item.item.content_text = std::string(9000, 'x');
  poll.items.push_back(item);
  Notification notification;
  notification.id = "n" + std::to_string(number);
  notification.receiver = "desk";
  poll.notifications.push_back(notification);
  return poll;
}

/// What the database holds of the polls: feeds and notifications, as text.
std::string contents(Store& store) {
  std::string text;
  const auto feeds = store.feed_states();
  for (const auto& [name, state] : *feeds) text += name + " ";
  const auto pending = store.pending(0, 1000);
  for (const auto& one : *pending) text += one.notification.id + " ";
  return text;
}

struct Damage {
  bool full;
  std::uint64_t count;
};

class FaultTest : public testing::TestWithParam<Damage> {
 protected:
  void TearDown() override { faults().reset(); }
};

/// For every n: the n-th write or sync fails. A commit that reports success is there, one that
/// reports failure changed nothing, now and after a restart, and the store works on afterwards.
TEST_P(FaultTest, ACommitIsWholeOrNotThereWhicheverWriteFails) {
  std::uint64_t last = 1;  // the first round finds out how many calls a commit makes
  for (std::uint64_t n = 0; n <= last; ++n) {
    TempFolder folder;
    boost::asio::io_context io;
    faults().reset();
    SqliteOptions options;
    options.vfs = kFaultVfs;
    auto store = SqliteStore::open(folder.path(), io.get_executor(), options);
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE(run(io, (*store)->commit(poll_of(0))));

    faults().reset();
    faults().full = GetParam().full;
    faults().fail_count = GetParam().count;
    if (n != 0) faults().fail_from = n;
    const auto first = run(io, (*store)->commit(poll_of(1)));
    if (n == 0) last = faults().calls;
    EXPECT_EQ(contents(**store), first ? "feed0 feed1 n0 n1 " : "feed0 n0 ") << "n = " << n;

    faults().reset();  // the disk is well again
    const auto again = run(io, (*store)->commit(poll_of(1)));
    ASSERT_TRUE(again) << "n = " << n << ": " << again.error().message;
    EXPECT_EQ(contents(**store), "feed0 feed1 n0 n1 ") << "n = " << n;
    store->reset();
    store = SqliteStore::open(folder.path(), io.get_executor());
    ASSERT_TRUE(store) << "n = " << n << ": " << store.error().message;
    EXPECT_EQ(contents(**store), "feed0 feed1 n0 n1 ") << "n = " << n;
  }
  EXPECT_GT(last, 3U) << "no fault was ever reached";
}

INSTANTIATE_TEST_SUITE_P(Disk, FaultTest,
                         testing::Values(Damage{false, 1}, Damage{false, UINT64_MAX},
                                         Damage{true, 1}, Damage{true, UINT64_MAX}));

TEST(GroupCommit, WritesManyPollsThatComeAtOnce) {
  TempFolder folder;
  boost::asio::io_context io;
  auto opened = SqliteStore::open(folder.path(), io.get_executor());
  ASSERT_TRUE(opened);
  auto& store = **opened;
  int succeeded = 0;
  for (int i = 0; i < 300; ++i)
    boost::asio::co_spawn(io, store.commit(poll_of(i)),
                          [&](const std::exception_ptr&, Result<void> done) {
                            succeeded += done.has_value() ? 1 : 0;
                          });
  io.run();
  EXPECT_EQ(succeeded, 300);
  EXPECT_EQ(store.feed_states()->size(), 300U);
}

}  // namespace
}  // namespace tocsin::store
