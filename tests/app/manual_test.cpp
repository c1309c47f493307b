// SPDX-License-Identifier: MIT
#include "app/manual.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/completion.hpp"
#include "base/roff.hpp"
#include "config/manual.hpp"
#include "tests/support/needs.hpp"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;

TEST(Manual, ExplainsEveryCommandAndOption) {
  const auto page = manual(commands());
  for (const auto& command : commands()) {
    EXPECT_THAT(page, HasSubstr(".SS tocsin " + roff::escape(command.name)));
    for (const auto& option : options_of(command))
      EXPECT_THAT(page, HasSubstr(roff::escape(option))) << command.name;
  }
}

/// True when the formatter takes `page` without a word.
bool formats(const std::string& page) {
  FILE* groff = ::popen("[ -z \"$(groff -man -ww -Tutf8 2>&1 >/dev/null)\" ]", "w");
  if (groff == nullptr) return false;
  std::fputs(page.c_str(), groff);
  return ::pclose(groff) == 0;
}

TEST(Manual, FormatsWithoutWarnings) {
  if (testing::is_missing("command -v groff")) GTEST_SKIP() << "groff is missing";
  EXPECT_TRUE(formats(manual(commands())));
  EXPECT_TRUE(formats(config::manual("1.0")));
}

}  // namespace
}  // namespace tocsin::app
