// SPDX-License-Identifier: MIT
#include "app/findings.hpp"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include "app/settings.hpp"

namespace tocsin::app {

void show_findings(std::span<const config::Diagnostic> findings, std::ostream& out) {
  using Severity = config::Diagnostic::Severity;
  constexpr std::size_t kMost = 100;
  const bool colour = &out == &std::cerr && colour_wanted(STDERR_FILENO);
  const auto is_error = [](const auto& finding) { return finding.severity == Severity::error; };
  const auto all =
      static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is_error));
  std::size_t errors = std::min(all, kMost);
  std::size_t warnings = kMost - errors;
  std::size_t left_out = 0;
  for (const auto& finding : findings) {
    std::size_t& left = is_error(finding) ? errors : warnings;
    if (left == 0) {
      ++left_out;
      continue;
    }
    --left;
    out << config::render(finding, colour);
  }
  if (left_out > 0)
    out << "... and " << left_out << " more; `tocsin check --json` lists them all\n";
}

}  // namespace tocsin::app
