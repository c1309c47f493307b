// SPDX-License-Identifier: MIT
// Runs the worked examples of docs/rules.md.
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/rules/support.hpp"
#include "tests/support/source_dir.hpp"

namespace tocsin::rules {
namespace {

struct Example {
  std::string rule, article, found;
};

std::string trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(' ') + 1 - from));
}

/// A row "| `rule` | article | found |"; the rule is empty for any other line.
Example read_row(std::string_view line) {
  if (!line.starts_with("| `")) return {};
  const auto rule_end = line.find("` | ");
  const auto article_end = line.find(" | ", rule_end + 4);
  const auto end = line.rfind(" |");
  if (article_end == std::string_view::npos || end <= article_end) return {};
  return {std::string(line.substr(3, rule_end - 3)),
          trimmed(line.substr(rule_end + 4, article_end - rule_end - 4)),
          trimmed(line.substr(article_end + 3, end - article_end - 3))};
}

std::string dotted(std::string_view found) {
  std::string out;
  for (const char c : found)
    if (c == '|')
      out += " · ";
    else
      out += c;
  return out;
}

TEST(RuleManual, TellsWhatItsExamplesFind) {
  std::ifstream manual(testing::source_dir() + "/docs/rules.md");
  bool within = false;
  int examples = 0;
  for (std::string line; std::getline(manual, line);) {
    if (line.starts_with("## ")) within = line == "## Worked examples";
    const auto example = within ? read_row(line) : Example{};
    if (example.rule.empty()) continue;
    ++examples;
    EXPECT_EQ(dotted(texts(example.rule, example.article)), example.found) << line;
  }
  EXPECT_GE(examples, 30);
}

}  // namespace
}  // namespace tocsin::rules
