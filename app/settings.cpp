// SPDX-License-Identifier: MIT
#include "app/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <utility>
#include <vector>

#include <unistd.h>

#include "app/findings.hpp"

namespace tocsin::app {
namespace {

struct Read {
  daemon::Settings settings;
  std::vector<config::Diagnostic> findings;
  bool ok = false;
};

Read read(const std::string& path, const config::LoadOptions& options) {
  auto loaded = config::load(path, options);
  Read out;
  out.findings = std::move(loaded.diagnostics);
  const auto prefilter = loaded.config.articles == config::ArticleMode::on_prefilter
                             ? rules::RuleSet::Prefilter::often
                             : rules::RuleSet::Prefilter::seldom;
  auto compiled = rules::RuleSet::compile(loaded.config.rules, prefilter);
  auto more = config::from_findings(compiled.findings);
  std::move(more.begin(), more.end(), std::back_inserter(out.findings));
  out.ok = compiled.rules != nullptr &&
           std::none_of(out.findings.begin(), out.findings.end(), [](const auto& finding) {
             return finding.severity == config::Diagnostic::Severity::error;
           });
  out.settings.prints = config::fingerprints(loaded.config);
  out.settings.config = std::move(loaded.config);
  out.settings.rules = std::move(compiled.rules);
  return out;
}

}  // namespace

std::optional<daemon::Settings> load_settings(const std::string& path,
                                              const config::LoadOptions& options,
                                              std::ostream& err) {
  auto result = read(path, options);
  show_findings(result.findings, err);
  if (!result.ok) return std::nullopt;
  return std::move(result.settings);
}

Result<daemon::Settings> reload_settings(const std::string& path) {
  auto result = read(path, {});
  if (result.ok) return std::move(result.settings);
  const auto is_error = [](const config::Diagnostic& finding) {
    return finding.severity == config::Diagnostic::Severity::error;
  };
  const auto first = std::find_if(result.findings.begin(), result.findings.end(), is_error);
  if (first == result.findings.end())
    return Error{Errc::malformed, path + ": the rules do not compile"};
  const auto errors = std::count_if(result.findings.begin(), result.findings.end(), is_error);
  return Error{Errc::malformed, first->file + ":" + std::to_string(first->line) + ": " +
                                    first->message + " (1 of " + std::to_string(errors) +
                                    " errors; tocsin check lists all)"};
}

bool colour_wanted(int fd) noexcept {
  const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
  return (no_color == nullptr || *no_color == '\0') && ::isatty(fd) == 1;
}

}  // namespace tocsin::app
