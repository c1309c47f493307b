// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <unistd.h>

#include "app/checking.hpp"
#include "app/command.hpp"
#include "app/findings.hpp"
#include "app/network_check.hpp"
#include "app/options.hpp"
#include "app/receiver_check.hpp"
#include "app/settings.hpp"
#include "config/print.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin check FILE [--strict] [--network] [--print] [--json]

Reads the configuration as the daemon would, lists everything that is wrong with it, each with its
place and what to write instead, and runs its tests.

  --strict   warnings count as failures
  --network  fetch every feed too, and say which cannot be read now; for the address of a web page,
             which feeds it announces. Mail relays are greeted and logged in to, other receivers get
             an OPTIONS request: no alert is sent (`tocsin notify --test` sends one). Of one that
             answers 404 a note says that its address is not proved, for it may know POST alone
  --print    write the configuration as it is in force: includes put together, defaults written
             out, secrets hidden
  --json     write the findings as JSON, for editors and scripts

Exit status: 0 when all is well; 1 when a test fails, with --network when a feed cannot be read or a
receiver not be reached, with --strict on warnings; 2 when the configuration cannot be used.

Example:
  tocsin check /etc/tocsin/tocsin.yaml
)";

boost::json::object to_json(const config::Diagnostic& finding) {
  const bool error = finding.severity == config::Diagnostic::Severity::error;
  return {{"file", finding.file},       {"line", finding.line},
          {"column", finding.column},   {"length", finding.length},
          {"message", finding.message}, {"severity", error ? "error" : "warning"},
          {"hint", finding.hint}};
}

void write_json(const Checked& checked) {
  boost::json::array findings;
  for (const auto& finding : checked.findings) findings.push_back(to_json(finding));
  const boost::json::object out{{"errors", checked.errors},
                                {"warnings", checked.warnings},
                                {"findings", std::move(findings)}};
  std::cout << boost::json::serialize(out) << '\n';
}

void write_text(const std::string& file, const Checked& checked) {
  show_findings(checked.findings, std::cerr);
  if (checked.errors > 0)
    std::cerr << file << ": " << counted(checked.errors, "error", "errors") << ", "
              << counted(checked.warnings, "warning", "warnings") << '\n';
}

void write_summary(const std::string& file, const Checked& checked) {
  std::cout << file << ": fine: " << counted(checked.config.feeds.size(), "feed", "feeds") << ", "
            << counted(checked.config.rules.watches.size(), "watch", "watches") << ", "
            << counted(checked.config.delivery.receivers.size(), "receiver", "receivers");
  if (checked.warnings > 0) std::cout << "; " << counted(checked.warnings, "warning", "warnings");
  std::cout << '\n';
}

int print_effective(const std::string& file) {
  const auto text = config::print(file);
  if (!text) return usage_error("check", text.error().message);
  std::cout << *text;
  return kFine;
}

/// Shows all, and returns how many are failures.
std::size_t list(std::string_view what, const std::vector<NetworkFinding>& findings,
                 std::ostream& out) {
  std::size_t failures = 0;
  for (const auto& finding : findings) {
    const bool note = finding.kind == NetworkFinding::Kind::note;
    failures += note ? 0U : 1U;
    out << (note ? "note: " : "") << what << ' ' << finding.name << ": " << finding.problem << '\n';
    if (!finding.hint.empty()) out << "  " << finding.hint << '\n';
  }
  return failures;
}

/// Says which feeds cannot be read and which receivers would take nothing; returns how many.
std::size_t report_network(const config::Config& config, std::ostream& out) {
  const auto feeds = list("feed", check_feeds(config), out);
  out << counted(config.feeds.size() - feeds, "feed", "feeds") << " of " << config.feeds.size()
      << " can be read\n";
  const auto& all = config.delivery.receivers;
  const auto receivers = list("receiver", check_receivers(config.delivery), out);
  out << counted(all.size() - receivers, "receiver", "receivers") << " of " << all.size()
      << " can be reached\n";
  return feeds + receivers;
}

int run_check(const Args& args) {
  const auto options = parse_options(args, {{"--strict"}, {"--network"}, {"--print"}, {"--json"}});
  if (!options) return usage_error("check", options.error().message);
  if (options->operands.size() != 1) return usage_error("check", "name one configuration file");
  const auto& file = options->operands.front();
  const auto checked = check_file(file);
  if (options->has("--json"))
    write_json(checked);
  else
    write_text(file, checked);
  if (checked.rules == nullptr) return kUsage;
  const bool quiet = options->has("--json") || options->has("--print");
  if (options->has("--print") && print_effective(file) != kFine) return kUsage;
  if (!quiet) write_summary(file, checked);
  auto& out = quiet ? std::cerr : std::cout;
  auto failed = report_tests(checked, {}, out);
  if (options->has("--network")) failed += report_network(checked.config, out);
  return failed > 0 || (options->has("--strict") && checked.warnings > 0) ? kFindings : kFine;
}

}  // namespace

const Command kCheckCommand{"check", "check a configuration and run its tests", kHelp, run_check};

}  // namespace tocsin::app
