// SPDX-License-Identifier: MIT
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "support.hpp"

namespace tocsin::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kTeaser = "Talks go on.";
constexpr std::string_view kFull = "Talks go on. Diplomats spoke of the JCPOA until late.";

Match match_of(std::string watch) {
  return {std::move(watch), Severity::normal, {}, {{Field::body, 0, 5, "Talks", "talks", ""}}};
}

class PagesTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    store_.reset();
    auto opened = SqliteStore::open(folder_.path(), io_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  /// A poll that brings item k1 with `text`, and wishes its page.
  PollCommit poll_of(std::string_view text) {
    PollCommit poll;
    poll.feed = "wire";
    ArchivedItem one;
    one.key = "k1";
    one.item.title = "Talks";
    one.item.content_text = text;
    one.found = at(10);
    poll.items.push_back(one);
    PageWish page;
    page.key = "k1";
    page.url = "https://news.example/1";
    page.wished = page.due = at(10);
    poll.pages.push_back(page);
    return poll;
  }
  void commit(PollCommit poll) { ASSERT_TRUE(run(io_, store_->commit(std::move(poll)))); }
  void commit(PageCommit page) { ASSERT_TRUE(run(io_, store_->commit_page(std::move(page)))); }

  /// The page of k1, read.
  PageCommit page_read() {
    PageCommit page;
    page.page.feed = "wire";
    page.page.key = "k1";
    page.text = kFull;
    page.matches = {match_of("jcpoa")};
    return page;
  }

  TempFolder folder_;
  boost::asio::io_context io_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(PagesTest, KeepsAWishWithItsItemOverARestart) {
  commit(poll_of(kTeaser));
  open();
  const auto pages = store_->pages();
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 1U);
  EXPECT_EQ(pages->front().feed, "wire");
  EXPECT_EQ(pages->front().key, "k1");
  EXPECT_EQ(pages->front().url, "https://news.example/1");
  EXPECT_EQ(pages->front().wished, at(10));
  EXPECT_EQ(pages->front().attempts, 0U);
}

TEST_F(PagesTest, KeepsAWishThatFailedWithItsNextAttempt) {
  commit(poll_of(kTeaser));
  PageCommit later;
  later.wish = PageCommit::Wish::kept;
  later.page = store_->pages()->front();
  later.page.attempts = 2;
  later.page.due = at(70);
  later.page.last_error = "HTTP 503";
  commit(std::move(later));
  const auto page = store_->pages()->front();
  EXPECT_EQ(page.attempts, 2U);
  EXPECT_EQ(page.due, at(70));
  EXPECT_EQ(page.last_error, "HTTP 503");
  EXPECT_EQ(store_->archived_item("wire", "k1")->value().item.content_text, kTeaser);
}

TEST_F(PagesTest, PutsTheTextOfAPageIntoTheArchiveWithWhatItMatches) {
  commit(poll_of(kTeaser));
  Notification one;
  one.id = "n1";
  one.receiver = "desk";
  auto page = page_read();
  page.notifications = {one};
  commit(std::move(page));
  EXPECT_THAT(*store_->pages(), IsEmpty());
  const auto item = store_->archived_item("wire", "k1");
  ASSERT_TRUE(item && *item);
  EXPECT_EQ((*item)->item.content_text, kFull);
  EXPECT_EQ((*item)->item.summary, kTeaser);
  EXPECT_EQ((*item)->item.title, "Talks");
  EXPECT_THAT(*store_->watches_matched("wire", "k1"), ElementsAre("jcpoa"));
  EXPECT_EQ(store_->pending(0, 10)->size(), 1U);
  ArchiveQuery matched;
  matched.matched = true;
  EXPECT_EQ(store_->archived(matched)->size(), 1U);
}

TEST_F(PagesTest, KeepsTheFullTextWhenAnEditedTeaserComes) {
  commit(poll_of(kTeaser));
  commit(page_read());
  auto edited = poll_of("Talks went on.");
  edited.items[0].item.title = "Talks end";
  edited.pages.clear();
  commit(std::move(edited));
  const auto item = store_->archived_item("wire", "k1");
  EXPECT_EQ((*item)->item.content_text, kFull);
  EXPECT_EQ((*item)->item.summary, "Talks went on.");
  EXPECT_EQ((*item)->item.title, "Talks end");
  const auto longer = std::string(kFull) + " They go on tomorrow.";
  auto grown = poll_of(longer);
  grown.pages.clear();
  commit(std::move(grown));
  EXPECT_EQ(store_->archived_item("wire", "k1")->value().item.content_text, longer);
}

TEST_F(PagesTest, LeavesASummaryThatIsThere) {
  auto poll = poll_of(kTeaser);
  poll.items[0].item.summary = "In short.";
  commit(std::move(poll));
  commit(page_read());
  EXPECT_EQ(store_->archived_item("wire", "k1")->value().item.summary, "In short.");
}

TEST_F(PagesTest, ForgetsAWishWhoseItemIsNoLongerArchived) {
  auto poll = poll_of(kTeaser);
  poll.items.clear();
  commit(std::move(poll));
  EXPECT_FALSE(store_->archived_item("wire", "k1")->has_value());
  commit(page_read());
  EXPECT_THAT(*store_->pages(), IsEmpty());
  EXPECT_THAT(*store_->archived({}), IsEmpty());
}

TEST_F(PagesTest, BringsADatabaseFromBeforeThemUpToDate) {
  auto poll = poll_of(kTeaser);
  poll.pages.clear();
  commit(std::move(poll));
  store_.reset();
  sqlite3* old = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &old), SQLITE_OK);
  // Without pages (step 5), and so without what came after them.
  const auto* back =
      "ALTER TABLE feed ADD COLUMN seen BLOB; DROP TABLE seen;"
      "DROP TABLE page; ALTER TABLE item DROP COLUMN full_text; PRAGMA user_version=4";
  ASSERT_EQ(sqlite3_exec(old, back, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(old);
  sqlite3_close(old);
  open();
  commit(page_read());
  EXPECT_EQ(store_->archived_item("wire", "k1")->value().item.content_text, kFull);
}

}  // namespace
}  // namespace tocsin::store
