// SPDX-License-Identifier: MIT
#include "config/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/detail/yaml_text.hpp"
#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TestSpec sample() {
  TestSpec out;
  out.name = "Kremlin: Putin to see \"the leader\"";
  out.feed = "wire";
  out.item.id = "0755";
  out.item.url = "https://wire.example/1";
  out.item.title = "#JCPOA: yes";
  out.item.summary = "Costs $5, or ${HOME}.";
  out.item.content_text = "First.\n\nSecond: {a}.";
  out.item.authors = {{"Ann", "", ""}, {"@bob", "", ""}};
  out.item.tags = {"no"};
  out.expect = {"ships", "ports"};
  return out;
}

Loaded read_back(const TestSpec& test) {
  return parse(
      "feeds: [{name: wire, url: \"https://wire.example/rss\"}]\n"
      "watches: [{name: ships, any: [ship]}, {name: ports, any: [port]}]\ntests:\n" +
          fixture(test),
      "t.yaml");
}

TEST(Fixture, ReadsBackAsTheSameTest) {
  const auto test = sample();
  const auto loaded = read_back(test);
  EXPECT_EQ(describe(loaded), "");
  ASSERT_EQ(loaded.config.tests.size(), 1U);
  const auto& got = loaded.config.tests[0];
  EXPECT_EQ(got.name, test.name);
  EXPECT_EQ(got.feed, test.feed);
  EXPECT_EQ(got.item.id, test.item.id);
  EXPECT_EQ(got.item.title, test.item.title);
  EXPECT_EQ(got.item.summary, test.item.summary);
  EXPECT_EQ(got.item.content_text, test.item.content_text + "\n");
  ASSERT_EQ(got.item.authors.size(), 2U);
  EXPECT_EQ(got.item.authors[1].name, "@bob");
  EXPECT_EQ(got.item.tags, test.item.tags);
  EXPECT_EQ(got.expect, test.expect);
  EXPECT_FALSE(got.receivers);
}

TEST(Fixture, LeavesTheDateOutSoThatItHoldsTomorrow) {
  auto test = sample();
  test.item.published = Timestamp{};
  EXPECT_THAT(fixture(test), Not(HasSubstr("date")));
}

class AnyText : public ::testing::TestWithParam<const char*> {};

TEST_P(AnyText, ReadsBackAsItself) {
  auto test = sample();
  test.item.title = GetParam();
  const auto loaded = read_back(test);
  EXPECT_EQ(describe(loaded), "");
  ASSERT_EQ(loaded.config.tests.size(), 1U);
  EXPECT_EQ(loaded.config.tests[0].item.title, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Awkward, AnyText,
                         ::testing::Values("a\tb", " begins with a blank", "ends with a colon:",
                                           "back\\slash", "line\xE2\x80\xA8separator",
                                           "next\xC2\x85line", "\xEF\xBB\xBFmark", "null", "~",
                                           "12:30", "1e3", "- dash", "[list", "{map", "'single'",
                                           "% percent", "a # comment", "a: b", "!tag", "*star",
                                           "&anchor", "|", ">", "ends with blank ", "two\nlines"));

TEST(YamlBlock, KeepsTextThatABlockCannotHoldInQuotes) {
  EXPECT_EQ(detail::yaml_block("  indented\nsecond", 4), "\"  indented\\nsecond\"");
  EXPECT_EQ(detail::yaml_block("one\n\ntwo", 4), "|\n    one\n\n    two");
}

}  // namespace
}  // namespace tocsin::config
