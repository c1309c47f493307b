// SPDX-License-Identifier: MIT
// How much a poll costs: tocsin's whole pipeline (fetch, parse, match, store) beside a bare libcurl
// multi loop that throws everything away, over the same loopback farm of feeds in the same run.
//
//   farm_bench [--feeds N] [--in-flight N] [--rounds N] [--latency MS] [--changed PERCENT]
//              [--stalled PERCENT] [--tls] [--fresh] [--hosts] [--ours-only]
//
// Pass 1 polls feeds that are all new; in pass 2 some (five in a hundred) have something new and
// the rest is a 304. --fresh: a new connection for each request. --hosts: each feed on a host name
// of its own. --stalled: so many feeds take the request and never answer; how long the others take
// is then what counts. Each measurement runs in a process of its own, so that its CPU seconds and
// peak memory are its own. The best of the rounds is printed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "bench/farm/raw_loop.hpp"
#include "bench/farm/server.hpp"
#include "daemon/daemon.hpp"
#include "rules/ruleset.hpp"

namespace {

using namespace tocsin;
using bench::Farm;
using SteadyClock = std::chrono::steady_clock;

struct Plan {
  bench::FarmOptions farm;
  std::uint32_t in_flight = 64;
  std::uint32_t rounds = 3;
  bool ours_only = false;
};

/// What a child tells its parent, in memory that both see.
struct Told {
  std::uint64_t wire_bytes = 0;
  double last_answer =
      0;  // seconds from the start to the last answer that was none of a stalled feed
};

struct Cost {
  double cpu = 1e9, wall = 1e9;
  long peak_kb = 0;
  Told told;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Runs `work` in a child and says what it took.
Cost measure(const std::function<void(Told&)>& work) {
  static auto* told = static_cast<Told*>(
      ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  *told = {};
  const auto start = SteadyClock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    work(*told);
    std::_Exit(0);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (status != 0) {
    std::fprintf(stderr, "a measurement failed\n");
    std::exit(1);
  }
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime),
          std::chrono::duration<double>(SteadyClock::now() - start).count(), usage.ru_maxrss,
          *told};
}

daemon::Settings settings_for(const Farm& farm, const Plan& plan,
                              const std::filesystem::path& folder) {
  daemon::Settings settings;
  auto& config = settings.config;
  for (std::uint32_t i = 0; i < plan.farm.feeds; ++i) {
    fetcher::FeedSpec feed;
    feed.name = "feed-" + std::to_string(i);
    feed.url = farm.url(i);
    feed.ca_file = farm.roots();
    config.feeds.push_back(std::move(feed));
  }
  config.fetch.allow_private = true;
  config.fetch.per_host_concurrency = 1'000;
  config.fetch.per_host_spacing = std::chrono::milliseconds{0};
  config.fetch.max_in_flight = plan.in_flight;
  config.fetch.timeout = std::chrono::seconds{30};
  config.articles = config::ArticleMode::never;
  config.storage.path = folder;
  for (int i = 0; i < 100; ++i) {
    rules::WatchSpec watch;
    watch.name = "watch-" + std::to_string(i);
    rules::Located query;
    query.text = "\"word" + std::to_string(i) + " tocsin\" OR alarm" + std::to_string(i);
    watch.query = std::move(query);
    config.rules.watches.push_back(std::move(watch));
  }
  settings.rules = rules::RuleSet::compile(config.rules).rules;
  return settings;
}

void poll_with_tocsin(const Farm& farm, const Plan& plan, const std::filesystem::path& folder,
                      Told& told) {
  log::configure(log::Level::error, log::Format::plain);
  daemon::DaemonOptions options;
  options.once = true;
  options.handle_signals = false;
  options.name_servers = farm.options().many_hosts ? farm.name_server() : std::string();
  const auto start = SteadyClock::now();
  options.on_fetched = [&](const fetcher::FeedSpec&, const fetcher::Polled& polled) {
    if (!polled.error)
      told.last_answer = std::chrono::duration<double>(SteadyClock::now() - start).count();
  };
  const SystemClock clock;
  auto daemon = daemon::Daemon::create(settings_for(farm, plan, folder), std::move(options), clock);
  if (!daemon) {
    std::fprintf(stderr, "%s\n", daemon.error().message.c_str());
    std::_Exit(1);
  }
  const auto summary = (*daemon)->run();
  if (!summary || summary->polls.polls != plan.farm.feeds) std::_Exit(1);
  if (summary->polls.failures != 0 && plan.farm.stalled_percent == 0) std::_Exit(1);
  told.wire_bytes = summary->polls.bytes;
}

Cost better(const Cost& one, const Cost& other) {
  Cost out = one.cpu < other.cpu ? one : other;
  out.peak_kb = std::max(one.peak_kb, other.peak_kb);
  return out;
}

void print(const char* name, const Cost& cost, const Plan& plan) {
  const auto feeds = plan.farm.feeds;
  std::printf("%-24s %8.4f CPU s per 1,000 feeds %8.0f feeds/s %7.1f MB peak", name,
              cost.cpu * 1000 / feeds, feeds / cost.wall, static_cast<double>(cost.peak_kb) / 1024);
  if (cost.told.wire_bytes > 0)
    std::printf(" %7.1f MB on the wire", static_cast<double>(cost.told.wire_bytes) / 1e6);
  if (plan.farm.stalled_percent > 0 && cost.told.last_answer > 0)
    std::printf(", last answer after %.2f s", cost.told.last_answer);
  std::printf("\n");
}

Plan plan_from(int argc, char** argv) {
  Plan plan;
  const std::map<std::string_view, std::uint32_t*> numbers = {
      {"--feeds", &plan.farm.feeds},
      {"--in-flight", &plan.in_flight},
      {"--rounds", &plan.rounds},
      {"--latency", &plan.farm.latency_ms},
      {"--changed", &plan.farm.changed_percent},
      {"--stalled", &plan.farm.stalled_percent}};
  const std::map<std::string_view, bool*> flags = {{"--tls", &plan.farm.tls},
                                                   {"--fresh", &plan.farm.fresh},
                                                   {"--hosts", &plan.farm.many_hosts},
                                                   {"--ours-only", &plan.ours_only}};
  for (int i = 1; i < argc; ++i) {
    const auto number = numbers.find(argv[i]);
    const auto flag = flags.find(argv[i]);
    if (number != numbers.end() && i + 1 < argc) {
      *number->second = static_cast<std::uint32_t>(std::atoi(argv[++i]));
    } else if (flag != flags.end()) {
      *flag->second = true;
    } else {
      std::fprintf(stderr, "farm_bench: what is %s?\n", argv[i]);
      std::exit(2);
    }
  }
  return plan;
}

}  // namespace

int main(int argc, char** argv) {
  auto plan = plan_from(argc, argv);
  plan.ours_only = plan.ours_only || plan.farm.stalled_percent > 0;
  Farm farm(plan.farm);
  const auto root =
      std::filesystem::temp_directory_path() / ("tocsin-farm-" + std::to_string(::getpid()));
  Cost raw[2], parsing, ours[2];
  const auto loop = [&](std::uint32_t pass, bool parse) {
    return measure([&](Told&) {
      bench::RawLoop(farm, {plan.farm.feeds, plan.in_flight, pass, parse}).run();
    });
  };
  for (std::uint32_t round = 0; round < plan.rounds; ++round) {
    const auto folder = root / std::to_string(round);
    std::filesystem::create_directories(folder);
    for (std::uint32_t pass = 0; pass < 2; ++pass) {
      farm.set_pass(pass);
      if (!plan.ours_only) raw[pass] = better(raw[pass], loop(pass, false));
      if (!plan.ours_only && pass == 0) parsing = better(parsing, loop(pass, true));
      ours[pass] = better(ours[pass],
                          measure([&](Told& told) { poll_with_tocsin(farm, plan, folder, told); }));
    }
    std::filesystem::remove_all(root);
  }
  std::printf("%u feeds, %u in flight, best of %u\n", plan.farm.feeds, plan.in_flight, plan.rounds);
  if (!plan.ours_only) print("bare loop, all new", raw[0], plan);
  if (!plan.ours_only) print("  and pugixml", parsing, plan);
  print("tocsin, all new", ours[0], plan);
  if (!plan.ours_only) print("bare loop, 304", raw[1], plan);
  print("tocsin, 304", ours[1], plan);
  if (plan.ours_only) return 0;
  std::printf("tocsin to the bare loop: all new %.2f (to one with pugixml %.2f), 304 %.2f\n",
              ours[0].cpu / raw[0].cpu, ours[0].cpu / parsing.cpu, ours[1].cpu / raw[1].cpu);
  return 0;
}
