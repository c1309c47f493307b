// SPDX-License-Identifier: MIT
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/admin.hpp"
#include "store/search_words.hpp"
#include "support.hpp"

namespace tocsin::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SearchWords, QuoteEveryWordSoThatNothingIsSyntax) {
  EXPECT_EQ(search_words("peace talks"), "\"peace\" \"talks\"");
  EXPECT_EQ(search_words("negotiat* \"nuclear deal\""), "\"negotiat\"* \"nuclear deal\"");
  EXPECT_EQ(search_words("title:x OR NEAR("), "\"title:x\" \"OR\" \"NEAR(\"");
  EXPECT_EQ(search_words("\"never closed"), "\"never closed\"");
}

TEST(SearchWords, AreNothingWhereThereIsNoWord) {
  for (const auto* text : {"", "  ", "*", "\"\"", "--- !", "\""}) EXPECT_EQ(search_words(text), "");
}

class SearchTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = SqliteStore::open(folder_.path(), io_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  void add(std::string key, std::string title, std::string text, Timestamp found = at(1'000)) {
    PollCommit poll;
    poll.feed = "feed";
    ArchivedItem one;
    one.key = std::move(key);
    one.item.title = std::move(title);
    one.item.content_text = std::move(text);
    one.found = found;
    poll.items.push_back(std::move(one));
    const auto done = run(io_, store_->commit(poll));
    ASSERT_TRUE(done) << done.error().message;
  }
  std::vector<std::string> found(std::string_view words) {
    index_all();
    ArchiveQuery query;
    query.words = search_words(words);
    std::vector<std::string> keys;
    const auto items = store_->archived(query);
    EXPECT_TRUE(items) << items.error().message;
    if (items)
      for (const auto& item : *items) keys.push_back(item.key);
    return keys;
  }

  void index_all() {
    for (;;) {
      const auto more = run(io_, store_->index_words());
      ASSERT_TRUE(more) << more.error().message;
      if (!*more) return;
    }
  }
  std::vector<std::string> damage() {
    auto admin = Admin::open(folder_.path());
    EXPECT_TRUE(admin);
    auto lines = admin->damage();
    EXPECT_TRUE(lines);
    return std::move(lines).value_or({"unreadable"});
  }

  TempFolder folder_;
  boost::asio::io_context io_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(SearchTest, FindsWordsOfTitleAndText) {
  add("a", "Peace talks in Astana", "Ministers met.");
  add("b", "Weather", "No talks of peace here, only rain.");
  add("c", "Sports", "Cycling");
  EXPECT_THAT(found("peace talks"), ElementsAre("a", "b"));
  EXPECT_THAT(found("\"peace talks\""), ElementsAre("a"));
  EXPECT_THAT(found("minist*"), ElementsAre("a"));
  EXPECT_THAT(found("nothing"), IsEmpty());
}

TEST_F(SearchTest, MindsNeitherCaseNorAccentsNorScript) {
  add("a", "Erdoğan à Paris", "Путин прибыл");
  EXPECT_THAT(found("erdogan"), ElementsAre("a"));
  EXPECT_THAT(found("ПУТИН"), ElementsAre("a"));
}

TEST_F(SearchTest, FollowsAnItemThatIsEdited) {
  add("a", "first wording", "");
  add("a", "second wording", "");
  EXPECT_THAT(found("first"), IsEmpty());
  EXPECT_THAT(found("second"), ElementsAre("a"));
}

TEST_F(SearchTest, LetsWordsOfNewItemsWaitForTheIndex) {
  for (int i = 0; i < 250; ++i) add(std::to_string(i), "peace", "");
  auto admin = Admin::open(folder_.path());
  ASSERT_TRUE(admin);
  ArchiveQuery query;
  query.words = search_words("peace");
  query.limit = 1'000;
  EXPECT_EQ(admin->archived(query)->size(), 0U);
  EXPECT_THAT(admin->index_words(100).value_or(-1), 150);
  EXPECT_EQ(admin->archived(query)->size(), 100U);
  EXPECT_THAT(damage(), IsEmpty()) << "half an index is whole as far as it goes";
  EXPECT_TRUE(run(io_, store_->index_words()).value_or(false)) << "the daemon goes on from there";
  EXPECT_FALSE(run(io_, store_->index_words()).value_or(true));
  EXPECT_EQ(admin->archived(query)->size(), 250U);
  EXPECT_THAT(admin->index_words(100).value_or(-1), 0);
  EXPECT_THAT(damage(), IsEmpty());
}

TEST_F(SearchTest, EditsAndForgetsItemsThatAreNotIndexedYet) {
  add("first", "peace", "", at(1));
  index_all();
  add("edited", "old wording", "", at(1'000'000));
  add("edited", "new wording", "", at(1'000'000));
  add("gone", "peace", "", at(1));
  Retention keep;
  keep.items = std::chrono::hours{24};
  ASSERT_TRUE(run(io_, store_->prune(keep, at(1'000'000))));
  EXPECT_THAT(damage(), IsEmpty());
  EXPECT_THAT(found("old"), IsEmpty());
  EXPECT_THAT(found("new"), ElementsAre("edited"));
  EXPECT_THAT(found("peace"), IsEmpty());
  EXPECT_THAT(damage(), IsEmpty());
}

TEST_F(SearchTest, ForgetsWhatRetentionDeletes) {
  add("old", "peace", "", at(1));
  add("new", "peace", "", at(1'000'000));
  Retention keep;
  keep.items = std::chrono::hours{24};
  const auto pruned = run(io_, store_->prune(keep, at(1'000'000)));
  ASSERT_TRUE(pruned) << pruned.error().message;
  EXPECT_THAT(found("peace"), ElementsAre("new"));
  auto admin = Admin::open(folder_.path());
  ASSERT_TRUE(admin);
  const auto damage = admin->damage();
  ASSERT_TRUE(damage);
  EXPECT_THAT(*damage, IsEmpty());
}

TEST_F(SearchTest, BacksUpWhileTheDaemonRuns) {
  add("a", "peace", "");
  auto admin = Admin::open(folder_.path());
  ASSERT_TRUE(admin);
  const TempFolder other;
  const auto file = other.path() / "tocsin.db";
  const auto done = admin->backup(file);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  auto copy = Admin::open(other.path());
  ASSERT_TRUE(copy) << copy.error().message;
  const auto items = copy->archived({});
  ASSERT_TRUE(items);
  EXPECT_EQ(items->size(), 1U);
}

TEST_F(SearchTest, NeverWritesABackupOverAFile) {
  auto admin = Admin::open(folder_.path());
  ASSERT_TRUE(admin);
  const TempFolder other;
  const auto file = other.path() / "precious";
  std::ofstream(file) << "mine";
  const auto done = admin->backup(file);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::denied);
}

TEST_F(SearchTest, CountsWhatWaitsInTheOutbox) {
  Release release;
  release.event = "e1";
  release.receiver = "desk";
  release.payload = "{}";
  release.targets = {"a@example.org", "b@example.org"};
  release.now = at(500);
  ASSERT_TRUE(run(io_, store_->release({release})));
  AttemptRecord failed;
  failed.event = "e1";
  failed.target = "b@example.org";
  failed.state = OutboxState::dead;
  ASSERT_TRUE(run(io_, store_->record(failed)));
  const auto depth = store_->outbox_depth();
  ASSERT_TRUE(depth);
  EXPECT_EQ(depth->waiting, 1U);
  EXPECT_EQ(depth->dead, 1U);
  EXPECT_EQ(depth->oldest, at(500));
}

}  // namespace
}  // namespace tocsin::store
