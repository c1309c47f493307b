// SPDX-License-Identifier: MIT
#include "app/checking.hpp"

#include <algorithm>
#include <ostream>

#include <unistd.h>

#include "app/settings.hpp"

namespace tocsin::app {

Checked check_file(const std::string& path) {
  auto loaded = config::load(path);
  Checked out;
  // Rules are compiled although the file has errors: all findings are listed, not only the first.
  auto compiled = rules::RuleSet::compile(loaded.config.rules);
  out.findings = std::move(loaded.diagnostics);
  for (auto& finding : config::from_findings(compiled.findings))
    out.findings.push_back(std::move(finding));
  for (const auto& finding : out.findings)
    ++(finding.severity == config::Diagnostic::Severity::error ? out.errors : out.warnings);
  if (out.errors == 0) out.rules = std::move(compiled.rules);
  out.config = std::move(loaded.config);
  return out;
}

std::size_t report_tests(const Checked& checked, std::string_view filter, std::ostream& out) {
  const auto outcomes =
      config::run_tests(checked.config, *checked.rules, SystemClock().now(), filter);
  std::size_t failed = 0;
  for (const auto& outcome : outcomes) {
    if (outcome.passed()) continue;
    ++failed;
    out << config::render(outcome, colour_wanted(STDOUT_FILENO));
  }
  if (failed > 0)
    out << failed << " of " << counted(outcomes.size(), "test", "tests") << " failed\n";
  else if (!outcomes.empty())
    out << counted(outcomes.size(), "test", "tests") << " passed\n";
  return failed;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

}  // namespace tocsin::app
