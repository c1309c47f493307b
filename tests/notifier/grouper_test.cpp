// SPDX-License-Identifier: MIT
#include "notifier/grouper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time_format.hpp"

namespace tocsin::notifier {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A grouper with one receiver and one route, and a clock: 2026-11-23 12:00 in Helsinki.
class GrouperTest : public testing::Test {
 protected:
  GrouperTest() {
    spec_.root.id = "root";
    spec_.root.receiver = "desk";
    spec_.receivers.resize(1);
    spec_.receivers[0].name = "desk";
    spec_.intervals = {{"night", {{{{22 * 60, 6 * 60}}, {}, "Europe/Helsinki"}}}};
  }

  Grouper& grouper() {
    if (!grouper_) grouper_.emplace(spec_);
    return *grouper_;
  }

  void add(std::string id, std::string group = "g", Severity severity = Severity::normal,
           std::size_t hits = 0) {
    Notification one;
    one.id = std::move(id);
    one.receiver = "desk";
    one.route = "root";
    one.group_key = "desk/" + group;
    one.created = now_;
    one.severity = severity;
    one.watches = {{"w", severity, {}}};
    one.item.title = one.id;
    one.item.hits.resize(hits);
    grouper().add(std::move(one), now_);
  }

  /// What is due after `by`: "12:30 [a b]" a batch, digests in braces, dropped ones in slashes.
  std::string after(std::chrono::milliseconds by) {
    now_ += by;
    std::string text;
    for (const auto& batch : grouper().due(now_)) {
      const auto event = gather(batch, now_, "");
      const bool dropped = batch.fate != store::Fate::released;
      text += dropped ? '/' : batch.type == EventType::digest ? '{' : '[';
      for (const auto& item : event.items) text += item.title;
      text += dropped ? '/' : batch.type == EventType::digest ? '}' : ']';
    }
    return text;
  }

  DeliverySpec spec_;
  Timestamp now_ = *parse_rfc3339("2026-11-23T10:00:00Z");
  std::optional<Grouper> grouper_;
};

TEST_F(GrouperTest, ReleasesAtOnceWithoutAWait) {
  add("a");
  EXPECT_EQ(after({}), "[a]");
  add("b");
  EXPECT_EQ(after({}), "[b]");
}

TEST_F(GrouperTest, GathersAGroupWhileItWaits) {
  spec_.root.wait = minutes{2};
  add("a");
  EXPECT_EQ(after(minutes{1}), "");
  add("b");
  add("c", "other");
  EXPECT_EQ(after(minutes{1}), "[ab]") << "the wait is counted from the first";
  EXPECT_EQ(after(minutes{1}), "[c]");
}

TEST_F(GrouperTest, KeepsTheGapBetweenMessagesOfAGroup) {
  spec_.root.wait = minutes{2};
  spec_.root.every = minutes{30};
  add("a");
  EXPECT_EQ(after(minutes{2}), "[a]");
  add("b");
  EXPECT_EQ(after(minutes{29}), "");
  EXPECT_EQ(after(minutes{1}), "[b]");
  EXPECT_EQ(after(hours{2}), "");
  add("c");
  EXPECT_EQ(after(minutes{1}), "") << "after a pause the group gathers anew";
  EXPECT_EQ(after(minutes{1}), "[c]");
}

TEST_F(GrouperTest, RemembersTheGapOverARestart) {
  spec_.root.every = minutes{30};
  grouper().restore({"desk", "desk/g", now_ - minutes{10}});
  add("a");
  EXPECT_EQ(after(minutes{19}), "");
  EXPECT_EQ(after(minutes{1}), "[a]");
}

TEST_F(GrouperTest, HoldsWhatIsDueInQuietHours) {
  spec_.root.quiet_during = {"night"};
  now_ = *parse_rfc3339("2026-11-23T21:00:00Z");  // 23:00
  add("a");
  add("b", "other");
  EXPECT_EQ(after({}), "");
  EXPECT_EQ(format_rfc3339(*grouper().next()), "2026-11-24T04:00:00Z");
  EXPECT_EQ(after(hours{7}), "[a][b]");
}

TEST_F(GrouperTest, DropsOrDeliversInQuietHoursWhereToldTo) {
  spec_.root.quiet_during = {"night"};
  spec_.root.quiet_action = QuietAction::drop;
  now_ = *parse_rfc3339("2026-11-23T21:00:00Z");
  add("a");
  EXPECT_EQ(after({}), "/a/");
  spec_.root.quiet_action = QuietAction::deliver;
  grouper().configure(spec_, now_);
  add("b");
  EXPECT_EQ(after({}), "[b]");
}

TEST_F(GrouperTest, MakesADigestAtItsTimesWithTheMostSevereFirst) {
  spec_.receivers[0].digest = Digest{{7 * 60 + 30, 18 * 60}, "Europe/Helsinki", 1};
  add("a", "1", Severity::low);
  add("b", "2", Severity::high, 1);
  add("c", "3", Severity::high, 4);
  EXPECT_EQ(after(hours{5}), "");
  EXPECT_EQ(after(hours{1}), "{cba}") << "18:00 in Helsinki";
}

TEST_F(GrouperTest, OrdersALongDigestOverAllItsMessages) {
  spec_.receivers[0].digest = Digest{{18 * 60}, "Europe/Helsinki", 1};
  for (int i = 0; i < 150; ++i) add("a");
  add("!", "h", Severity::critical);
  EXPECT_THAT(after(hours{8}), testing::StartsWith("{!a"));
}

TEST_F(GrouperTest, WaitsForTheNextDigestWhenItIsTooSmall) {
  spec_.receivers[0].digest = Digest{{18 * 60}, "Europe/Helsinki", 2};
  add("a");
  EXPECT_EQ(after(hours{6}), "");
  add("b");
  EXPECT_EQ(after(hours{23}), "");
  EXPECT_EQ(after(hours{1}), "{ab}");
}

TEST_F(GrouperTest, MakesUpForADigestThatWasMissed) {
  spec_.receivers[0].digest = Digest{{18 * 60}, "Europe/Helsinki", 1};
  add("a");
  EXPECT_EQ(after(hours{9}), "{a}") << "the machine was off at 18:00";
}

TEST_F(GrouperTest, TurnsWhatIsOverTheLimitIntoOneDigest) {
  spec_.receivers[0].throttle = Throttle{2, hours{1}};
  for (const auto* id : {"a", "b", "c", "d", "e"}) add(id, id);
  EXPECT_EQ(after({}), "[a][b]");
  EXPECT_EQ(after(minutes{59}), "");
  EXPECT_EQ(after(minutes{1}), "{cde}");
  add("f", "f");
  EXPECT_EQ(after({}), "[f]");
  add("g", "g");
  EXPECT_EQ(after({}), "");
  EXPECT_EQ(after(hours{1}), "[g]") << "one alone is no digest";
}

TEST_F(GrouperTest, CountsTheLimitOverARestart) {
  spec_.receivers[0].throttle = Throttle{2, hours{1}};
  grouper().restore("desk", {now_ - minutes{50}, now_ - minutes{10}});
  add("a");
  EXPECT_EQ(after(minutes{9}), "");
  EXPECT_EQ(after(minutes{1}), "[a]");
}

TEST_F(GrouperTest, SendsHealthAlertsWhateverTheHour) {
  spec_.root.quiet_during = {"night"};
  spec_.receivers[0].throttle = Throttle{1, hours{1}};
  spec_.receivers[0].digest = Digest{{18 * 60}, "", 1};
  now_ = *parse_rfc3339("2026-11-23T21:00:00Z");
  for (const auto* kind : {"feed_down", "disk_full"}) {
    Notification one;
    one.id = kind;
    one.receiver = "desk";
    one.group_key = "desk/health/1";
    one.type = EventType::health;
    one.created = now_;
    grouper().add(one, now_);
  }
  EXPECT_EQ(grouper().due(now_).size(), 2U) << "each by itself";
}

TEST_F(GrouperTest, PutsBackWhatCouldNotBeStored) {
  spec_.root.every = minutes{30};
  add("a");
  auto batches = grouper().due(now_);
  ASSERT_EQ(batches.size(), 1U);
  grouper().put_back(std::move(batches[0]), now_);
  EXPECT_EQ(after({}), "[a]") << "the failed release does not count as a message";
}

TEST_F(GrouperTest, LosesNothingWhenTheClockIsSetBack) {
  spec_.root.wait = minutes{2};
  now_ += hours{24 * 400};
  add("a");
  EXPECT_EQ(after({}), "");
  EXPECT_EQ(after(-hours{24 * 400}), "");
  EXPECT_EQ(after(minutes{2}), "[a]");
}

TEST_F(GrouperTest, KeepsWhatWaitsOverANewConfiguration) {
  spec_.root.wait = hours{2};
  add("a");
  spec_.root.wait = minutes{5};
  grouper().configure(spec_, now_);
  EXPECT_EQ(after(minutes{5}), "[a]");
  EXPECT_EQ(grouper().size(), 0U);
}

TEST_F(GrouperTest, ReleasesAtOnceWhatBelongsToARouteThatIsGone) {
  spec_.root.wait = hours{2};
  add("a");
  spec_.root.id = "elsewhere";
  grouper().configure(spec_, now_);
  EXPECT_EQ(after({}), "[a]");
}

TEST_F(GrouperTest, SplitsWhatNobodyCouldRead) {
  for (int i = 0; i < 250; ++i) add(std::to_string(i));
  EXPECT_EQ(grouper().due(now_).size(), 3U);
}

/// A notification of one article, for `watch`.
Notification edition(std::string id, std::string title, std::string watch) {
  Notification one;
  one.id = std::move(id);
  one.watches = {{watch, {}, {}}};
  one.item.id = "urn:1";
  one.item.title = std::move(title);
  one.item.hits.resize(1);
  one.item.hits[0].watch = std::move(watch);
  return one;
}

TEST(Gather, ShowsTheLastOfSeveralEditionsWithTheHitsOfAll) {
  Batch batch;
  batch.notifications = {edition("1", "first", "a"), edition("2", "second", "b")};
  batch.notifications[1].item.update = true;
  const auto event = gather(batch, {}, "");
  ASSERT_THAT(event.items, testing::SizeIs(1));
  EXPECT_EQ(event.items[0].title, "second");
  EXPECT_THAT(event.items[0].hits, testing::SizeIs(2));
  EXPECT_THAT(event.watches, testing::SizeIs(2));
  EXPECT_FALSE(event.items[0].update) << "nobody was told of the first";
}

TEST(Gather, DerivesTheIdFromWhatItHoldsInAnyOrder) {
  Batch batch{"desk", "desk/g", EventType::alert, store::Fate::released, {}, std::nullopt};
  batch.notifications.resize(2);
  batch.notifications[0].id = "n1";
  batch.notifications[1].id = "n2";
  const auto id = gather(batch, {}, "").id;
  std::swap(batch.notifications[0], batch.notifications[1]);
  EXPECT_EQ(gather(batch, Timestamp{std::chrono::seconds{9}}, "").id, id);
  batch.notifications.pop_back();
  EXPECT_NE(gather(batch, {}, "").id, id);
}

}  // namespace
}  // namespace tocsin::notifier
