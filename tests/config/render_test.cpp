// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Diagnostic sample() {
  return {Diagnostic::Severity::error, "a.yaml",       12, 5, 6, "unknown key 'feedz'",
          "did you mean 'feeds'?",     "    feedz: []"};
}

TEST(Render, ShowsPlaceLineCaretAndRemedy) {
  EXPECT_EQ(render(sample()),
            "a.yaml:12:5: error: unknown key 'feedz'\n"
            "   12 |     feedz: []\n"
            "      |     ^~~~~~\n"
            "      = did you mean 'feeds'?\n");
}

TEST(Render, ColoursOnlyWhenAsked) {
  EXPECT_THAT(render(sample()), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render(sample(), true), HasSubstr("\x1b[1;31merror: "));
}

TEST(Render, PutsTheCaretBelowTextOfAnyWidth) {
  auto d = sample();
  d.source_line = "日本: x";
  d.column = 5;
  d.length = 1;
  EXPECT_THAT(render(d), HasSubstr("   12 | 日本: x\n      |       ^\n"));
}

TEST(Render, CutsLongLinesAroundTheCaret) {
  auto d = sample();
  d.source_line = std::string(300, 'a') + "HERE" + std::string(300, 'b');
  d.column = 301;
  d.length = 4;
  const auto text = render(d);
  EXPECT_THAT(text, HasSubstr("..." + std::string(60, 'a') + "HERE"));
  EXPECT_THAT(text, HasSubstr("|" + std::string(64, ' ') + "^~~~\n"));
}

TEST(Render, CannotBeMadeToSendControlsToTheTerminal) {
  auto d = sample();
  d.message = "bad \x1b[31m";
  EXPECT_THAT(render(d), Not(HasSubstr("\x1b")));
}

TEST(Render, ReadsTheLineOfAFindingOfTheRules) {
  const auto file = folder() + "/files/full.yaml";
  const auto d = from_finding({rules::Finding::Level::warning, "deal", {file, 1, 1}, 7, "m", "h"});
  EXPECT_EQ(d.source_line, "version: 1");
  EXPECT_EQ(d.severity, Diagnostic::Severity::warning);
}

}  // namespace
}  // namespace tocsin::config
