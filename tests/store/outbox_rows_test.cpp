// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace tocsin::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class OutboxRowsTest : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    store_.reset();
    auto opened = SqliteStore::open(folder_.path(), io_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  void release(std::string event, std::vector<std::string> targets, Timestamp now = at(10)) {
    Release one;
    one.event = std::move(event);
    one.receiver = "desk";
    one.group_key = "desk/1";
    one.feed = "tass";
    one.payload = "{\"id\":\"" + one.event + "\"}";
    one.targets = std::move(targets);
    one.now = now;
    std::vector<Release> all{one};
    ASSERT_TRUE(run(io_, store_->release(all)));
  }
  void record(AttemptRecord attempt) { ASSERT_TRUE(run(io_, store_->record(attempt))); }

  TempFolder folder_;
  boost::asio::io_context io_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(OutboxRowsTest, HasARowForEachTarget) {
  release("e1", {"a@example.org", "b@example.org"});
  const auto rows = *store_->outbox_waiting(0, 10);
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].target, "a@example.org");
  EXPECT_EQ(rows[1].target, "b@example.org");
  EXPECT_EQ(rows[0].receiver, "desk");
  EXPECT_EQ(rows[0].group_key, "desk/1");
  EXPECT_EQ(rows[0].feed, "tass");
  EXPECT_EQ(rows[0].created, at(10));
  EXPECT_EQ(*store_->payload("e1"), "{\"id\":\"e1\"}");
}

TEST_F(OutboxRowsTest, TakesTheSameEventOnce) {
  release("e1", {"a"});
  release("e1", {"a"});
  EXPECT_THAT(*store_->outbox_waiting(0, 10), SizeIs(1));
}

TEST_F(OutboxRowsTest, KeepsARetryOverARestart) {
  release("e1", {""});
  record({"e1", "", OutboxState::waiting, at(11), at(16), 1, "451 later"});
  open();
  const auto rows = *store_->outbox_waiting(0, 10);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].due, at(16));
  EXPECT_EQ(rows[0].attempts, 1U);
  EXPECT_EQ(rows[0].last_attempt, at(11));
  EXPECT_EQ(rows[0].last_error, "451 later");
}

TEST_F(OutboxRowsTest, ListsByStateReceiverAndEvent) {
  release("e1", {""});
  release("e2", {""});
  record({"e1", "", OutboxState::dead, at(11), at(11), 5, "550 no such user"});
  OutboxQuery query;
  query.states = {OutboxState::dead};
  ASSERT_THAT(*store_->outbox(query), SizeIs(1));
  EXPECT_EQ((*store_->outbox(query))[0].event, "e1");
  query = {};
  query.event = "e2";
  EXPECT_THAT(*store_->outbox(query), SizeIs(1));
  query = {};
  query.receiver = "nobody";
  EXPECT_THAT(*store_->outbox(query), IsEmpty());
  EXPECT_THAT(*store_->outbox_waiting(0, 10), SizeIs(1)) << "dead rows do not wait";
}

TEST_F(OutboxRowsTest, RemembersWhenGroupsWereReleased) {
  release("e1", {""}, at(10));
  release("e2", {""}, at(20));
  const auto groups = *store_->group_states();
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0].last_release, at(20));
  EXPECT_THAT(*store_->releases_since("desk", at(15)), ElementsAre(at(20)));
}

TEST_F(OutboxRowsTest, SaysThatAnEventIsUnknown) {
  EXPECT_EQ(store_->payload("none").error().code, Errc::not_found);
}

TEST_F(OutboxRowsTest, ForgetsDeliveredEventsButNeverWaitingOnes) {
  release("sent", {""});
  release("waits", {""});
  record({"sent", "", OutboxState::delivered, at(11), at(11), 1, ""});
  const Retention keep;
  ASSERT_TRUE(run(io_, store_->prune(keep, at(10) + std::chrono::hours{24 * 400})));
  EXPECT_EQ(store_->payload("sent").error().code, Errc::not_found);
  EXPECT_TRUE(store_->payload("waits"));
  EXPECT_THAT(*store_->outbox({}), SizeIs(1));
}

}  // namespace
}  // namespace tocsin::store
