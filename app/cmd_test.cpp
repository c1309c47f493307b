// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iostream>
#include <string>

#include <unistd.h>

#include "app/checking.hpp"
#include "app/command.hpp"
#include "app/findings.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin test FILE [--filter NAME]

Runs the tests: blocks of a configuration: matches each item, routes it, and shows what was expected
(-) against what came (+).

  --filter NAME   only tests whose names contain NAME

Exit status: 0 when all pass; 1 when one fails, or none is there to run; 2 when the configuration
cannot be used.

Example:
  tocsin test /etc/tocsin/tocsin.yaml --filter talks
)";

int run_test(const Args& args) {
  const auto options = parse_options(args, {{"--filter", true}});
  if (!options) return usage_error("test", options.error().message);
  if (options->operands.size() != 1) return usage_error("test", "name one configuration file");
  const auto checked = check_file(options->operands.front());
  if (checked.rules == nullptr) {
    show_findings(checked.findings, std::cerr);
    return kUsage;
  }
  const auto filter = options->value("--filter");
  const auto& tests = checked.config.tests;
  const bool any = std::any_of(tests.begin(), tests.end(), [&](const auto& test) {
    return test.name.find(filter) != std::string::npos;
  });
  if (!any) {
    std::cerr << (tests.empty() ? "there are no tests in this file\n"
                                : "no test is called so; see tests: in the file\n");
    return kFindings;
  }
  return report_tests(checked, filter, std::cout) > 0 ? kFindings : kFine;
}

}  // namespace

const Command kTestCommand{"test", "run the tests of a configuration", kHelp, run_test};

}  // namespace tocsin::app
