// SPDX-License-Identifier: MIT
#include "app/checking.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;

/// What is found wrong with `text`, by message.
std::vector<std::string> messages(const std::string& text) {
  const auto file =
      std::filesystem::temp_directory_path() / ("tocsin-check-" + std::to_string(::getpid()));
  std::ofstream(file) << "feeds: [https://example.org/feed.xml]\n" << text;
  std::vector<std::string> out;
  for (const auto& finding : check_file(file.string()).findings) out.push_back(finding.message);
  std::filesystem::remove(file);
  return out;
}

TEST(CheckFile, TellsWhatIsWrongInTheSecondWatchOfANameToo) {
  EXPECT_THAT(messages("watches:\n"
                       "  - {name: a, query: iran}\n"
                       "  - {name: a, query: '(iran'}\n"),
              ElementsAre("a second watch is called 'a'", "the bracket is not closed"));
}

TEST(CheckFile, HasNothingToSayOfTheRuleOfAWatchWithoutOne) {
  EXPECT_THAT(messages("watches: [{name: a, query: [iran, talks]}]\n"),
              ElementsAre("'query' wants one value, and this is a list"));
}

}  // namespace
}  // namespace tocsin::app
