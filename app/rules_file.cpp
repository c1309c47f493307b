// SPDX-License-Identifier: MIT
#include "app/rules_file.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

#include <unistd.h>

#include "app/findings.hpp"
#include "app/settings.hpp"
#include "base/heap.hpp"
#include "config/config.hpp"

namespace tocsin::app {

namespace {

std::optional<RulesFile> read(const std::string& path, std::ostream& err) {
  config::LoadOptions options;
  options.need_feeds = false;
  auto loaded = config::load(path, options);
  auto findings = std::move(loaded.diagnostics);
  auto compiled = rules::RuleSet::compile(loaded.config.rules);
  auto more = config::from_findings(compiled.findings);
  findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
  show_findings(findings, err);
  const bool bad = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.severity == config::Diagnostic::Severity::error;
  });
  if (bad || compiled.rules == nullptr) return std::nullopt;
  RulesFile out;
  out.rules = std::move(compiled.rules);
  for (auto& feed : loaded.config.feeds) out.feeds.emplace(feed.name, std::move(feed.labels));
  return out;
}

}  // namespace

std::optional<RulesFile> load_rules(const std::string& path, std::ostream& err) {
  auto rules = read(path, err);
  trim_heap();
  return rules;
}

}  // namespace tocsin::app
