// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::config {

/// Names that were expected and did not come, and that came unexpected.
struct Difference {
  std::vector<std::string> missing, extra, agreed;
  [[nodiscard]] bool none() const noexcept { return missing.empty() && extra.empty(); }
};

/// How one entry of `tests:` went.
struct TestOutcome {
  std::string name;
  rules::Position at;
  Difference watches;    ///< empty when the test has no `expect`
  Difference receivers;  ///< empty when the test has no `receivers`
  [[nodiscard]] bool passed() const noexcept { return watches.none() && receivers.none(); }
};

/// Runs the tests whose names contain `filter`: matches each item by `rules` and routes it as the
/// daemon would, but for times of day and repeats. `now` is what ages are counted from.
/// Any thread: pure.
std::vector<TestOutcome> run_tests(const Config& config, const rules::RuleSet& rules, Timestamp now,
                                   std::string_view filter = {});

/// A failed test as people read it: its place, and expected against got, one name a line.
std::string render(const TestOutcome& outcome, bool colour = false);

}  // namespace tocsin::config
