// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/detail/codec.hpp"
#include "support.hpp"

namespace tocsin::store {
namespace {

using testing::ElementsAre;

Item full_item() {
  Item item;
  item.id = "guid-1";
  item.url = "https://example.org/1";
  item.external_url = "https://elsewhere.example/1";
  item.title = "Астана: «переговоры»";
  item.summary = "A line\nand another";
  item.content_text = "x";
  item.image = "https://example.org/i.png";
  item.language = "ru";
  item.published = at(100);
  item.modified = at(200);
  item.authors = {{"A. Author", "https://example.org/a", "a@example.org"}};
  item.tags = {"one", "two"};
  item.attachments = {
      {"https://example.org/a.mp3", "audio/mpeg", "Audio", 123, std::chrono::seconds{61}}};
  item.rights = "CC0";
  item.source_title = "Source";
  item.source_url = "https://source.example";
  item.comments_url = "https://example.org/c";
  item.contributors = {{"B", "", ""}};
  item.guid_is_permalink = false;
  return item;
}

Match match_of(std::string watch) {
  return {std::move(watch),
          Severity::critical,
          {{"topic", "iran"}},
          {{Field::title, 3, 9, "Astana", "astana", "transliterated (ru)"}}};
}

class ArchiveTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = SqliteStore::open(folder_.path(), io_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  void add(std::string feed, std::string key, Timestamp found, std::vector<Match> matches = {}) {
    PollCommit poll;
    poll.feed = std::move(feed);
    ArchivedItem one;
    one.key = std::move(key);
    one.item = full_item();
    one.item.title = one.key;
    one.found = found;
    one.matches = std::move(matches);
    poll.items.push_back(std::move(one));
    ASSERT_TRUE(run(io_, store_->commit(poll)));
  }
  std::vector<std::string> keys(const ArchiveQuery& query) {
    std::vector<std::string> all;
    const auto items = store_->archived(query);
    EXPECT_TRUE(items);
    for (const auto& item : *items) all.push_back(item.key);
    return all;
  }

  TempFolder folder_;
  boost::asio::io_context io_;
  std::unique_ptr<SqliteStore> store_;
};

TEST(ItemCodec, ReadsBackEveryMember) {
  const auto text = detail::encode(full_item());
  const auto read = detail::decode_item(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(detail::encode(*read), text);
  EXPECT_EQ(read->attachments.at(0).size_in_bytes, 123U);
  EXPECT_EQ(read->attachments.at(0).duration, std::chrono::seconds{61});
  EXPECT_EQ(read->guid_is_permalink, false);
  EXPECT_EQ(read->published, at(100));
  EXPECT_EQ(read->tags, full_item().tags);
}

TEST(ItemCodec, KeepsAnEmptyItemEmpty) {
  const auto text = detail::encode(Item{});
  EXPECT_EQ(text, "{}");
  EXPECT_FALSE(detail::decode_item(text)->published.has_value());
}

TEST(ItemCodec, RefusesWhatIsNoObject) {
  EXPECT_FALSE(detail::decode_item("[1,"));
  EXPECT_FALSE(detail::decode_item("3"));
}

TEST(NotificationCodec, ReadsBackEveryMember) {
  Notification one;
  one.id = "n";
  one.receiver = "desk";
  one.route = "root/1";
  one.group_key = "desk/abc";
  one.group_labels = {{"story", "s1"}};
  one.severity = Severity::critical;
  one.created = at(5);
  one.watches = {{"w", Severity::low, {{"a", "b"}}}};
  one.type = EventType::health;
  one.health_kind = "feed_down";
  one.health_text = "it is down";
  auto& item = one.item;
  item.id = "i";
  item.url = "u";
  item.title = "t";
  item.summary = "s";
  item.authors = {{"n", "u", "e"}};
  item.published = at(6);
  item.found = at(7);
  item.feed = {"tass", "https://tass.example", {{"country", "ru"}}};
  item.language = "en";
  item.story = "s1";
  item.story_sources = 3;
  item.story_first_seen = at(8);
  item.update = true;
  item.hits = {{"w", {Field::tag, 1, 2, "x", "y", "z"}, "context", 4, 5}};
  const auto text = detail::encode(one);
  const auto read = detail::decode_notification(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(detail::encode(*read), text);
  EXPECT_EQ(read->item.hits.at(0).context_end, 5U);
  EXPECT_EQ(read->item.hits.at(0).hit.field, Field::tag);
  EXPECT_EQ(read->item.feed.labels.at("country"), "ru");
  EXPECT_EQ(read->item.story_sources, 3U);
  EXPECT_TRUE(read->item.update);
}

TEST_F(ArchiveTest, KeepsManyItemsOfAPollInTheirOrderAndWithTheirMatches) {
  PollCommit poll;
  poll.feed = "tasnim";
  for (int i = 0; i < 20; ++i) {
    ArchivedItem one;
    one.key = "k" + std::to_string(i);
    one.item.title = "first edition";
    if (i % 5 == 0) one.matches = {match_of("w" + std::to_string(i))};
    poll.items.push_back(std::move(one));
  }
  ASSERT_TRUE(run(io_, store_->commit(poll)));
  // Some that are there, a key twice in one document, and new ones among them.
  for (int i = 0; i < 20; ++i) {
    auto& one = poll.items[static_cast<std::size_t>(i)];
    one.key = "k" + std::to_string(i == 11 ? 12 : i + 10);
    one.item.title = "second edition " + std::to_string(i);
  }
  ASSERT_TRUE(run(io_, store_->commit(poll)));
  const auto items = store_->archived({});
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 29U);
  for (std::size_t at = 0; at < items->size(); ++at) {
    const auto& item = items->at(at);
    const auto number = at < 21 ? at : at + 1;
    EXPECT_EQ(item.key, "k" + std::to_string(number));
    EXPECT_EQ(item.item.title.starts_with("second"), number >= 10) << number;
    EXPECT_EQ(item.matches.empty(), number % 5 != 0) << number;
  }
  EXPECT_EQ(items->at(12).item.title, "second edition 11");  // the later of the two
}

TEST_F(ArchiveTest, KeepsAnItemWithItsMatches) {
  add("tasnim", "k1", at(10), {match_of("jcpoa"), match_of("astana")});
  const auto items = *store_->archived({});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].feed, "tasnim");
  EXPECT_EQ(items[0].found, at(10));
  EXPECT_EQ(items[0].item.summary, "A line\nand another");
  ASSERT_EQ(items[0].matches.size(), 2U);
  EXPECT_EQ(items[0].matches[0].watch, "astana");
  EXPECT_EQ(items[0].matches[0].severity, Severity::critical);
  EXPECT_EQ(items[0].matches[0].hits.at(0).text, "Astana");
  EXPECT_EQ(items[0].matches[0].hits.at(0).form, "transliterated (ru)");
}

TEST_F(ArchiveTest, PutsALaterEditionInThePlaceOfTheEarlier) {
  add("tasnim", "k1", at(10));
  add("tasnim", "k1", at(20), {match_of("jcpoa")});
  const auto items = *store_->archived({});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].found, at(10)) << "when it was first found";
  EXPECT_EQ(items[0].matches.size(), 1U);
}

TEST_F(ArchiveTest, FindsByFeedWatchAndTime) {
  add("tasnim", "a", at(10), {match_of("jcpoa")});
  add("tass", "b", at(20));
  add("tass", "c", at(30), {match_of("names")});
  ArchiveQuery query;
  query.feed = "tass";
  EXPECT_THAT(keys(query), ElementsAre("b", "c"));
  query = {};
  query.watch = "jcpoa";
  EXPECT_THAT(keys(query), ElementsAre("a"));
  query = {};
  query.matched = true;
  EXPECT_THAT(keys(query), ElementsAre("a", "c"));
  query = {};
  query.since = at(20);
  EXPECT_THAT(keys(query), ElementsAre("b", "c"));
}

TEST_F(ArchiveTest, ReadsPageByPageInBothDirections) {
  for (const auto* key : {"a", "b", "c"}) add("tass", key, at(10));
  ArchiveQuery query;
  query.limit = 2;
  EXPECT_THAT(keys(query), ElementsAre("a", "b"));
  query.after = 2;
  EXPECT_THAT(keys(query), ElementsAre("c"));
  query.newest = true;
  query.after = 0;
  EXPECT_THAT(keys(query), ElementsAre("c", "b"));
  query.after = 2;
  EXPECT_THAT(keys(query), ElementsAre("a"));
}

TEST_F(ArchiveTest, RemembersTheWatchesOfEveryEditionOfAnItem) {
  add("tass", "1", at(10), {match_of("jcpoa")});
  add("tass", "1", at(20), {match_of("talks")});
  add("irna", "1", at(30), {match_of("other feed")});
  const auto watches = store_->watches_matched("tass", "1");
  ASSERT_TRUE(watches);
  EXPECT_THAT(*watches, testing::UnorderedElementsAre("jcpoa", "talks"));
  EXPECT_TRUE(store_->watches_matched("tass", "2")->empty());
}

TEST_F(ArchiveTest, ForgetsItemsBeforeItemsThatMatched) {
  add("tass", "plain", at(10));
  add("tass", "matched", at(10), {match_of("jcpoa")});
  add("tass", "fresh", at(5000));
  Retention keep;
  keep.items = std::chrono::seconds{1000};
  keep.matches = std::chrono::seconds{10000};
  EXPECT_FALSE(*run(io_, store_->prune(keep, at(5100)))) << "one step is enough";
  EXPECT_THAT(keys({}), ElementsAre("matched", "fresh"));
  run(io_, store_->prune(keep, at(10100))).value_or(true);
  EXPECT_THAT(keys({}), testing::IsEmpty());
}

TEST_F(ArchiveTest, ForgetsInSmallSteps) {
  PollCommit poll;
  poll.feed = "tass";
  for (int i = 0; i < 50; ++i) {
    ArchivedItem one;
    one.key = std::to_string(i);
    one.found = at(1);
    poll.items.push_back(one);
  }
  ASSERT_TRUE(run(io_, store_->commit(poll)));
  const Retention keep;
  const auto later = at(1) + std::chrono::hours{24 * 91};
  EXPECT_TRUE(*run(io_, store_->prune(keep, later)));
  EXPECT_TRUE(*run(io_, store_->prune(keep, later)));
  EXPECT_FALSE(*run(io_, store_->prune(keep, later)));
  EXPECT_THAT(keys({}), testing::IsEmpty());
}

}  // namespace
}  // namespace tocsin::store
