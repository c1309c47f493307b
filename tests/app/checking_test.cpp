// SPDX-License-Identifier: MIT
#include "app/checking.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/findings.hpp"

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

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

TEST(Findings, ThatAreVeryManyAreCountedAndErrorsShownFirst) {
  std::vector<config::Diagnostic> findings;
  for (std::uint32_t line = 1; line <= 5000; ++line) {
    config::Diagnostic finding;
    finding.severity =
        line % 2 == 0 ? config::Diagnostic::Severity::error : config::Diagnostic::Severity::warning;
    finding.file = "watch.yaml";
    finding.line = line;
    finding.column = 1;
    finding.message = line % 2 == 0 ? "a mistake" : "a doubt";
    findings.push_back(finding);
  }
  std::ostringstream out;
  show_findings(findings, out);
  EXPECT_THAT(out.str(), HasSubstr("watch.yaml:2:1: error: a mistake"));
  EXPECT_THAT(out.str(), HasSubstr("watch.yaml:200:1: error: a mistake"));
  EXPECT_THAT(out.str(), Not(HasSubstr("a doubt")));
  EXPECT_THAT(out.str(), HasSubstr("... and 4900 more; `tocsin check --json` lists them all"));
  EXPECT_LT(out.str().size(), 20'000U);
}

}  // namespace
}  // namespace tocsin::app
