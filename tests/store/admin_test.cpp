// SPDX-License-Identifier: MIT
#include "store/admin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace tocsin::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class AdminTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = SqliteStore::open(folder_.path(), io_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    for (const auto* event : {"aa1", "ab2", "c3"}) {
      Release one;
      one.event = event;
      one.receiver = event[0] == 'a' ? "desk" : "hook";
      one.targets = {""};
      one.now = at(10);
      std::vector<Release> all{one};
      ASSERT_TRUE(run(io_, store_->release(all)));
    }
    AttemptRecord gone{"aa1", "", OutboxState::dead, at(20), at(20), 3, "550"};
    ASSERT_TRUE(run(io_, store_->record(gone)));
  }
  Admin admin() {
    auto opened = Admin::open(folder_.path());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  OutboxState state_of(const std::string& event) {
    OutboxQuery query;
    query.event = event;
    return store_->outbox(query)->at(0).state;
  }

  TempFolder folder_;
  boost::asio::io_context io_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(AdminTest, WorksBesideARunningDaemonAndTellsIt) {
  const auto before = *store_->outside_changes();
  OutboxQuery query;
  query.event = "aa";
  EXPECT_EQ(*admin().retry(query, at(1000)), 1);
  EXPECT_GT(*store_->outside_changes(), before);
}

TEST_F(AdminTest, RetriesADeadLetterWithANewTimeLimit) {
  OutboxQuery query;
  query.states = {OutboxState::dead};
  EXPECT_EQ(*admin().retry(query, at(1000)), 1);
  const auto rows = *store_->outbox_waiting(0, 10);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].event, "aa1");
  EXPECT_EQ(rows[0].created, at(1000));
  EXPECT_EQ(rows[0].due, at(1000));
}

TEST_F(AdminTest, NeverRetriesWhatWasDelivered) {
  AttemptRecord sent{"c3", "", OutboxState::delivered, at(20), at(20), 1, ""};
  ASSERT_TRUE(run(io_, store_->record(sent)));
  OutboxQuery query;
  query.event = "c3";
  EXPECT_EQ(*admin().retry(query, at(1000)), 0);
  EXPECT_EQ(*admin().drop(query, at(1000)), 0);
}

TEST_F(AdminTest, DropsByReceiver) {
  OutboxQuery query;
  query.receiver = "desk";
  EXPECT_EQ(*admin().drop(query, at(1000)), 2);
  EXPECT_EQ(state_of("aa1"), OutboxState::dropped);
  EXPECT_EQ(state_of("c3"), OutboxState::waiting);
}

TEST_F(AdminTest, AnAttemptUnderWayDoesNotReviveADroppedRow) {
  OutboxQuery query;
  query.event = "c3";
  ASSERT_TRUE(admin().drop(query, at(30)));
  AttemptRecord later{"c3", "", OutboxState::waiting, at(31), at(40), 1, "503"};
  ASSERT_TRUE(run(io_, store_->record(later)));
  EXPECT_EQ(state_of("c3"), OutboxState::dropped);
}

TEST_F(AdminTest, KeepsSilencesUntilTheyEnd) {
  auto there = admin();
  ASSERT_TRUE(there.add_silence({"abc", {"severity=\"low\""}, at(0), at(100), "holiday"}));
  const auto live = *store_->silences(at(50));
  ASSERT_THAT(live, SizeIs(1));
  EXPECT_THAT(live[0].matchers, testing::ElementsAre("severity=\"low\""));
  EXPECT_EQ(live[0].comment, "holiday");
  EXPECT_THAT(*store_->silences(at(100)), IsEmpty());
  ASSERT_TRUE(there.expire_silence("ab", at(50)));
  EXPECT_THAT(*store_->silences(at(50)), IsEmpty());
  EXPECT_EQ(there.expire_silence("ab", at(50)).error().code, Errc::not_found);
}

TEST_F(AdminTest, RefusesAnIdThatSeveralSilencesShare) {
  auto there = admin();
  ASSERT_TRUE(there.add_silence({"abc", {"a=b"}, at(0), at(100), ""}));
  ASSERT_TRUE(there.add_silence({"abd", {"a=b"}, at(0), at(100), ""}));
  EXPECT_EQ(there.expire_silence("ab", at(50)).error().code, Errc::malformed);
}

TEST(Admin, SaysThatThereIsNoDatabase) {
  TempFolder folder;
  EXPECT_EQ(Admin::open(folder.path()).error().code, Errc::not_found);
}

}  // namespace
}  // namespace tocsin::store
