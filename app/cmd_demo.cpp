// SPDX-License-Identifier: MIT
#include <iostream>

#include <unistd.h>

#include "app/command.hpp"
#include "app/demo/demo.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin demo [--once]

Shows tocsin at work on this machine alone; there is nothing to configure and no network is used.
It starts a feed server with sample feeds in RSS, Atom and JSON Feed, into which new items arrive
every few seconds, a webhook receiver and a mail server, all on loopback, and the daemon itself.
Each alert is printed as it lands, with the matched words marked. Ctrl-C ends it with a summary.

  --once   publishes every sample once, waits for its alerts, and stops; exit status 1 when the
           receivers did not get exactly what they should

Example:
  tocsin demo --once
)";

int run(const Args& args) {
  const auto options = parse_options(args, {{"--once", false}});
  if (!options) return usage_error("demo", options.error().message);
  if (!options->operands.empty())
    return usage_error("demo", "unexpected '" + options->operands.front() + "'");
  demo::DemoOptions how;
  how.once = options->has("--once");
  how.colour = colour_wanted(STDOUT_FILENO);
  return demo::run_demo(how, std::cout, std::cerr);
}

}  // namespace

const Command kDemoCommand = {"demo", "the whole thing on this machine alone, nothing to configure",
                              kHelp, &run};

}  // namespace tocsin::app
