// SPDX-License-Identifier: MIT
#include "config/run_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kFile = R"(feeds: [{name: wire, url: "https://wire.example/rss"}]
watches:
  - {name: ships, severity: high, any: [frigate, corvette]}
  - {name: ports, severity: low, any: [harbour]}
receivers: [{name: desk, print: true}, {name: duty, print: true}]
route:
  receiver: desk
  routes: [{matchers: ['severity="high"'], receiver: duty}]
tests:
)";

std::vector<TestOutcome> run(const std::string& tests, std::string_view filter = {}) {
  const auto loaded = parse(std::string(kFile) + tests, "t.yaml");
  EXPECT_EQ(describe(loaded), "");
  const auto compiled = rules::RuleSet::compile(loaded.config.rules);
  EXPECT_NE(compiled.rules, nullptr);
  return run_tests(loaded.config, *compiled.rules, Timestamp{}, filter);
}

TEST(RunTests, PassesWhatComesAsExpected) {
  const auto all = run(
      "  - {name: a, item: {feed: wire, title: A frigate in the harbour}, expect: [ships, ports], "
      "receivers: [duty, desk]}\n"
      "  - {name: b, item: {feed: wire, title: Nothing}, expect: [], receivers: []}\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].passed()) << render(all[0]);
  EXPECT_TRUE(all[1].passed()) << render(all[1]);
}

TEST(RunTests, TellsMissingFromExtra) {
  const auto all = run("  - {name: a, item: {feed: wire, title: A frigate}, expect: [ports]}\n");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_THAT(all[0].watches.missing, ElementsAre("ports"));
  EXPECT_THAT(all[0].watches.extra, ElementsAre("ships"));
  EXPECT_EQ(render(all[0]),
            "t.yaml:10:5: test failed: a\n"
            "  watches (- expected, + got):\n"
            "    - ports\n"
            "    + ships\n");
}

TEST(RunTests, LooksAtReceiversThroughTheRoutes) {
  const auto all =
      run("  - {name: a, item: {feed: wire, title: A frigate}, receivers: [duty, desk]}\n");
  EXPECT_THAT(all.at(0).receivers.missing, ElementsAre("desk"));
  EXPECT_THAT(all.at(0).receivers.agreed, ElementsAre("duty"));
  EXPECT_THAT(render(all.at(0)), HasSubstr("    duty\n"));
}

TEST(RunTests, TakesOnlyTestsThatTheFilterNames) {
  const std::string tests =
      "  - {name: about ships, item: {title: A frigate}, expect: [ships]}\n"
      "  - {name: about ports, item: {title: A harbour}, expect: [ports]}\n";
  EXPECT_EQ(run(tests, "ports").size(), 1U);
  EXPECT_THAT(run(tests, "trains"), IsEmpty());
}

}  // namespace
}  // namespace tocsin::config
