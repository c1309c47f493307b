// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

#include "app/command.hpp"
#include "app/console.hpp"
#include "app/logging.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"
#include "base/heap.hpp"
#include "base/log.hpp"
#include "base/time_format.hpp"
#include "daemon/daemon.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin run --config FILE [--once] [--log LEVEL] [--log-format FORMAT]

Polls the feeds of the configuration, matches their items, and delivers alerts, until it is told to
stop. SIGTERM and SIGINT finish what is being sent and stop in under 10 s; SIGHUP reads the
configuration again.

  --config FILE         the configuration
  --once                polls every feed once, delivers what is due, and stops
  --log LEVEL           debug, info (default), warn, error or off; single rooms by name behind it,
                        as in warn,fetcher=debug. Goes before what the configuration says
  --log-format FORMAT   plain (default), journal (default under systemd), logfmt or json

Exit status: 0 when all went well; 1 when --once met a feed or a receiver that failed, or the
state folder cannot be used; 2 when the configuration is not valid.

Example:
  tocsin run --config tocsin.yaml
)";

/// Debian's default soft limit is 1,024 open files; a thousand feeds in flight want more.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void report(const daemon::RunSummary& summary) {
  log::info("daemon", "stopped",
            {{"polls", std::to_string(summary.polls.polls)},
             {"unchanged", std::to_string(summary.polls.unchanged)},
             {"failed", std::to_string(summary.polls.failures)},
             {"new_items", std::to_string(summary.polls.new_items)},
             {"pages", std::to_string(summary.pages.read)},
             {"pages_given_up", std::to_string(summary.pages.given_up)},
             {"matched", std::to_string(summary.polls.found_items + summary.pages.found_items)},
             {"delivered", std::to_string(summary.delivered)},
             {"retried", std::to_string(summary.retried)},
             {"dead", std::to_string(summary.dead)}});
}

/// Rules are compiled by now: their texts, and the tests, would only take memory from here on.
void forget_sources(daemon::Settings& settings) {
  settings.config.rules = {};
  settings.config.tests = {};
  trim_heap();
}

int run(const Args& args) {
  const auto options = parse_options(
      args, {{"--config", true}, {"--once", false}, {"--log", true}, {"--log-format", true}});
  if (!options) return usage_error("run", options.error().message);
  if (!options->operands.empty())
    return usage_error("run", "unexpected '" + options->operands.front() +
                                  "'; the configuration goes after --config");
  if (!options->has("--config")) return usage_error("run", "--config FILE is missing");
  if (const auto set = set_logging(*options); !set) return usage_error("run", set.error().message);
  const auto path = options->value("--config");
  auto settings = load_settings(path, {}, std::cerr);
  if (!settings) return kUsage;
  if (const auto set = set_logging(*options, settings->config.log); !set)
    return usage_error("run", set.error().message);
  raise_file_limit();

  const SystemClock clock;
  daemon::DaemonOptions how;
  how.once = options->has("--once");
  how.colour = colour_wanted(STDOUT_FILENO);
  how.print = [](std::string_view line) { std::cout << line << std::endl; };
  how.reload = [path] {
    auto fresh = reload_settings(path);
    if (fresh) forget_sources(*fresh);
    return fresh;
  };
  Console console(clock);
  console.observe(how);
  how.on_taken_over = [options = *options,
                       tell = std::move(how.on_taken_over)](const config::Config& config) {
    tell(config);
    if (const auto set = set_logging(options, config.log); !set)
      log::error("daemon", "the log stays as it was", {{"error", set.error().message}});
  };
  const auto server = settings->config.server;
  const auto receivers = settings->config.delivery.receivers;
  const auto folder = settings->config.storage.path;
  forget_sources(*settings);
  auto made = daemon::Daemon::create(std::move(*settings), std::move(how), clock);
  if (!made) {
    std::cerr << "tocsin run: " << made.error().message << '\n';
    if (::access(folder.c_str(), W_OK) != 0)
      std::cerr << "  the state is kept in " << folder.native()
                << "; to keep it elsewhere, write storage: {path: ./tocsin-state}\n";
    return kFindings;
  }
  if (auto served = console.serve(server, receivers, **made); !served) {
    std::cerr << "tocsin run: " << served.error().message << '\n';
    return kFindings;
  }
  const auto summary = (*made)->run();
  console.close();
  if (!summary) {
    std::cerr << "tocsin run: " << summary.error().message << '\n';
    return kFindings;
  }
  report(*summary);
  const bool all_well = summary->polls.failures == 0 && summary->retried == 0 &&
                        summary->dead == 0 && summary->drained;
  return !options->has("--once") || all_well ? kFine : kFindings;
}

}  // namespace

const Command kRunCommand = {"run", "polls feeds, matches, alerts: the daemon", kHelp, &run};

}  // namespace tocsin::app
