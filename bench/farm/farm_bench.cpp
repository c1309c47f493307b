// SPDX-License-Identifier: MIT
// How much a poll costs: tocsin's whole pipeline (fetch, parse, match, store) beside a bare libcurl
// multi loop that throws everything away, over the same loopback farm of feeds in the same run.
//
//   farm_bench [FEEDS [IN_FLIGHT [ROUNDS [LATENCY_MS [CHANGED_PERCENT]]]]]
//
// Pass 1 polls feeds that are all new; in pass 2 some (five in a hundred) have something new and
// the rest is a 304. Each measurement runs in a process of its own, so that its CPU seconds and
// peak memory are its own. The best of the rounds is printed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include <curl/curl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "bench/farm_server.hpp"
#include "bench/raw_loop.hpp"
#include "daemon/daemon.hpp"
#include "rules/ruleset.hpp"

namespace {

using namespace tocsin;
using bench::Farm;
using SteadyClock = std::chrono::steady_clock;

struct Cost {
  double cpu = 1e9, wall = 1e9;
  long peak_kb = 0;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Runs `work` in a child and says what it took.
Cost measure(const std::function<void()>& work) {
  const auto start = SteadyClock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    work();
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
          std::chrono::duration<double>(SteadyClock::now() - start).count(), usage.ru_maxrss};
}

void poll_with_tocsin(const Farm& farm, std::uint32_t feeds, std::uint32_t in_flight,
                      const std::filesystem::path& folder) {
  log::configure(log::Level::warn, log::Format::plain);
  daemon::Settings settings;
  auto& config = settings.config;
  for (std::uint32_t i = 0; i < feeds; ++i) {
    fetcher::FeedSpec feed;
    feed.name = "feed-" + std::to_string(i);
    feed.url = farm.url(i);
    config.feeds.push_back(std::move(feed));
  }
  config.fetch.allow_private = true;
  config.fetch.per_host_concurrency = 1'000;
  config.fetch.per_host_spacing = std::chrono::milliseconds{0};
  config.fetch.max_in_flight = in_flight;
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
  daemon::DaemonOptions options;
  options.once = true;
  options.handle_signals = false;
  const SystemClock clock;
  auto daemon = daemon::Daemon::create(std::move(settings), std::move(options), clock);
  if (!daemon) {
    std::fprintf(stderr, "%s\n", daemon.error().message.c_str());
    std::_Exit(1);
  }
  const auto summary = (*daemon)->run();
  if (!summary || summary->polls.polls != feeds || summary->polls.failures != 0) std::_Exit(1);
}

Cost better(const Cost& one, const Cost& other) {
  return {std::min(one.cpu, other.cpu), std::min(one.wall, other.wall),
          std::max(one.peak_kb, other.peak_kb)};
}

void print(const char* name, const Cost& cost, std::uint32_t feeds) {
  std::printf("%-22s %8.4f CPU s per 1,000 feeds %8.0f feeds/s %7.1f MB peak\n", name,
              cost.cpu * 1000 / feeds, feeds / cost.wall, static_cast<double>(cost.peak_kb) / 1024);
}

std::uint32_t number(int argc, char** argv, int at, std::uint32_t otherwise) {
  return argc > at ? static_cast<std::uint32_t>(std::atoi(argv[at])) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  bench::FarmOptions options;
  options.feeds = number(argc, argv, 1, 10'000);
  const auto in_flight = number(argc, argv, 2, 64);
  const auto rounds = number(argc, argv, 3, 3);
  options.latency_ms = number(argc, argv, 4, 0);
  options.changed_percent = number(argc, argv, 5, 5);
  const auto feeds = options.feeds;
  Farm farm(options);
  const auto root =
      std::filesystem::temp_directory_path() / ("tocsin-farm-" + std::to_string(::getpid()));
  Cost raw[2], ours[2];
  for (std::uint32_t round = 0; round < rounds; ++round) {
    const auto folder = root / std::to_string(round);
    std::filesystem::create_directories(folder);
    for (std::uint32_t pass = 0; pass < 2; ++pass) {
      farm.set_pass(pass);
      raw[pass] = better(raw[pass], measure([&] {
                           bench::RawLoop loop(farm, feeds, in_flight, pass);
                           loop.run();
                         }));
      ours[pass] =
          better(ours[pass], measure([&] { poll_with_tocsin(farm, feeds, in_flight, folder); }));
    }
    std::filesystem::remove_all(root);
  }
  std::printf("%u feeds, %u in flight, best of %u\n", feeds, in_flight, rounds);
  print("bare loop, all new", raw[0], feeds);
  print("tocsin, all new", ours[0], feeds);
  print("bare loop, 95 % 304", raw[1], feeds);
  print("tocsin, 95 % 304", ours[1], feeds);
  std::printf("tocsin to the bare loop: all new %.2f, 95 %% 304 %.2f\n", ours[0].cpu / raw[0].cpu,
              ours[1].cpu / raw[1].cpu);
  return 0;
}
