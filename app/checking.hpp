// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/run_tests.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::app {

/// A configuration, read, checked and compiled: what `check` and `test` begin with.
struct Checked {
  config::Config config;
  std::shared_ptr<const rules::RuleSet> rules;  ///< null when anything is an error
  std::vector<config::Diagnostic> findings;     ///< of the file and of the rules
  std::size_t errors = 0, warnings = 0;
};

/// Reads the configuration at `path` and compiles its rules; says nothing.
Checked check_file(const std::string& path);

/// Runs the tests whose names contain `filter` and writes those that failed to `out`, with a last
/// line that counts. Returns how many failed.
std::size_t report_tests(const Checked& checked, std::string_view filter, std::ostream& out);

/// "1 watch", "2 watches".
std::string counted(std::size_t n, std::string_view one, std::string_view many);

}  // namespace tocsin::app
