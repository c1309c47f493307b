// SPDX-License-Identifier: MIT
#include "notifier/matcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::notifier {
namespace {

using testing::HasSubstr;

struct Case {
  const char* text;
  bool holds;
};

class MatcherTest : public testing::TestWithParam<Case> {};

/// For a critical watch "leaders-together" (topic syria) and an item of the feed tass in English.
TEST_P(MatcherTest, HoldsOrNot) {
  EventItem item;
  item.feed = {"tass", "", {{"country", "ru"}, {"topic", "feed's own"}}};
  item.language = "en";
  const EventWatch watch{"leaders-together", Severity::critical, {{"topic", "syria"}}};
  const auto matcher = parse_matcher(GetParam().text);
  ASSERT_TRUE(matcher) << matcher.error().message;
  EXPECT_EQ(MatcherSet({*matcher}).hold({item, watch}), GetParam().holds) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    All, MatcherTest,
    testing::Values(Case{"severity=\"critical\"", true}, Case{"severity=high", false},
                    Case{"severity != high", true}, Case{"watch=~\"leaders-.*\"", true},
                    Case{"watch=~leaders", false /* anchored */}, Case{"watch!~names", true},
                    Case{"feed=tass", true}, Case{"language=en", true}, Case{"type=alert", true},
                    Case{"type=health", false}, Case{"country=ru", true},
                    Case{"label.country=ru", true}, Case{"topic=syria", true},
                    Case{"nowhere=\"\"", true}, Case{"nowhere!=x", true},
                    Case{"nowhere=~\".+\"", false}));

TEST(Matcher, ReadsBackWhatItWrites) {
  for (const auto* text :
       {R"(a="b")", R"(a!="b")", R"(a=~"b.*")", R"(a!~"b")", R"(a="say \"x\" \\ y")"}) {
    const auto matcher = parse_matcher(text);
    ASSERT_TRUE(matcher) << text;
    EXPECT_EQ(to_string(*matcher), text);
  }
}

TEST(Matcher, SaysWhatIsWrong) {
  EXPECT_THAT(parse_matcher("severity").error().message, HasSubstr("= != =~ !~"));
  EXPECT_THAT(parse_matcher("=x").error().message, HasSubstr("begins with a name"));
  EXPECT_THAT(parse_matcher("a=\"x").error().message, HasSubstr("not closed"));
  EXPECT_THAT(parse_matcher("a=\"x\"y").error().message, HasSubstr("behind"));
  EXPECT_THAT(parse_matcher("a=x\"").error().message, HasSubstr("stray"));
  EXPECT_THAT(parse_matcher("a=~\"(\"").error().message, HasSubstr("missing"));
}

TEST(Matcher, NamesTheOneThatFails) {
  const EventItem item;
  const EventWatch watch{"w", Severity::low, {}};
  const MatcherSet set({*parse_matcher("watch=w"), *parse_matcher("severity=high")});
  const auto* failing = set.failing({item, watch});
  ASSERT_NE(failing, nullptr);
  EXPECT_EQ(failing->name, "severity");
  EXPECT_TRUE(MatcherSet({}).hold({item, watch})) << "none hold always";
}

}  // namespace
}  // namespace tocsin::notifier
