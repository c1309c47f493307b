// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>

#include "app/command.hpp"
#include "app/manual.hpp"
#include "app/options.hpp"
#include "config/manual.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin manual [PAGE]

Writes a manual page: of the program ("tocsin", which it is without PAGE) or of its configuration
file ("tocsin.yaml"). They come from the commands' own help and from the table that the checker
uses.

Example:
  tocsin manual tocsin.yaml | man -l -
)";

int run(const Args& args) {
  const auto options = parse_options(args, {});
  if (!options) return usage_error("manual", options.error().message);
  if (options->operands.size() > 1) return usage_error("manual", "takes one page");
  const std::string page = options->operands.empty() ? "tocsin" : options->operands.front();
  if (page == "tocsin")
    std::cout << manual(commands());
  else if (page == "tocsin.yaml")
    std::cout << config::manual(TOCSIN_VERSION);
  else
    return usage_error("manual", "there is no page '" + page + "'; it is tocsin or tocsin.yaml");
  return kFine;
}

}  // namespace

const Command kManualCommand = {"manual", "write the manual pages", kHelp, &run};

}  // namespace tocsin::app
