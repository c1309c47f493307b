// SPDX-License-Identifier: MIT
#include "daemon/story_book.hpp"

#include <filesystem>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/sqlite_store.hpp"
#include "tests/support/run.hpp"

namespace tocsin::daemon {
namespace {

using std::chrono::hours;

constexpr Timestamp kNow{hours(24 * 20'000)};
constexpr const char* kText =
    "The council of Ashford voted on Tuesday to keep the old Stour bridge open for another year, "
    "after a long debate in which the mayor, Ann Smith, said that closing it costs 3 million.";

EventItem event(std::string id, std::string title, std::string url) {
  EventItem out;
  out.id = std::move(id);
  out.title = std::move(title);
  out.url = std::move(url);
  out.summary = kText;
  out.found = kNow;
  return out;
}

TEST(StoryBook, GivesCopiesFromTwoFeedsOneStory) {
  StoryBook book{hours(72)};
  auto first = event("1", "Bridge stays open", "https://a.example/1");
  auto second = event("2", "Council decides on bridge", "https://b.example/2");
  second.found = kNow + hours(1);
  book.place(first);
  book.place(second);
  EXPECT_FALSE(first.story.empty());
  EXPECT_EQ(second.story, first.story);
  EXPECT_EQ(second.story_first_seen, kNow);
}

TEST(StoryBook, ForgetsByTheWindowThatAReloadSet) {
  StoryBook book{hours(72)};
  book.set_window(hours(2));
  auto first = event("1", "Bridge stays open", "https://a.example/1");
  auto second = event("2", "Council decides on bridge", "https://b.example/2");
  second.found = kNow + hours(3);
  book.place(first);
  book.place(second);
  EXPECT_NE(second.story, first.story);
}

TEST(StoryBook, CountsTheFeedsThatTellAStory) {
  StoryBook book{hours(72)};
  const auto told_by = [&](const std::string& feed, const std::string& id) {
    auto one = event(id, "Bridge stays open", "https://" + feed + ".example/" + id);
    one.feed.name = feed;
    book.place(one);
    return one.story_sources;
  };
  EXPECT_EQ(told_by("a", "1"), 1U);
  EXPECT_EQ(told_by("b", "2"), 2U);
  EXPECT_EQ(told_by("a", "3"), 2U) << "a feed counts once";
  EXPECT_EQ(told_by("c", "4"), 3U);
  auto other = event("5", "Rain", "https://a.example/5");
  other.summary = "It will rain tomorrow in the north, and it will be dry in all the south.";
  book.place(other);
  EXPECT_EQ(other.story_sources, 1U);
}

TEST(StoryBook, GoesOnWithTheStoriesOfTheArchive) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("tocsin-story-book-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  boost::asio::io_context loop{1};
  auto store = std::move(*store::SqliteStore::open(folder, loop.get_executor()));
  store::PollCommit commit;
  commit.feed = "a";
  store::ArchivedItem archived;
  archived.key = "1";
  archived.item.title = "Bridge stays open";
  archived.item.url = "https://a.example/1";
  archived.item.content_text = kText;
  archived.found = kNow;
  archived.matches.push_back({.watch = "bridges", .severity = {}, .labels = {}, .hits = {}});
  commit.items.push_back(archived);
  ASSERT_TRUE(testing::run(loop, store->commit(std::move(commit))));

  StoryBook before{hours(72)};
  auto first = event("1", "Bridge stays open", "https://a.example/1");
  before.place(first);
  StoryBook after{hours(72)};
  after.recall(*store, kNow + hours(1));
  auto second = event("2", "Council decides on bridge", "https://b.example/2");
  second.found = kNow + hours(2);
  second.feed.name = "b";
  after.place(second);
  EXPECT_EQ(second.story, first.story);
  EXPECT_EQ(second.story_sources, 2U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tocsin::daemon
