// SPDX-License-Identifier: MIT
// What the calendar of polls costs: memory and time a feed, each feed on a host of its own.
//
//   schedule_bench [FEEDS]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <malloc.h>

#include "fetcher/schedule.hpp"

int main(int argc, char** argv) {
  using namespace tocsin;
  using namespace std::chrono_literals;
  using Steady = std::chrono::steady_clock;
  const auto feeds = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
  const auto urls = [](std::uint32_t i) {
    return "https://h" + std::to_string(i) + ".example/feed";
  };
  const auto nanoseconds = [&](Steady::time_point since) {
    return std::chrono::duration<double, std::nano>(Steady::now() - since).count() / feeds;
  };
  const Timestamp start{1'800'000'000s};

  const auto held = ::mallinfo2();
  fetcher::Schedule schedule{fetcher::FetchOptions{}};
  auto began = Steady::now();
  for (std::uint32_t i = 0; i < feeds; ++i)
    schedule.set(i, urls(i), start + std::chrono::milliseconds{i * 7919ULL % 1'800'000});
  std::printf("%u feeds: %.0f ns to put one on the calendar\n", feeds, nanoseconds(began));
  const auto grown = ::mallinfo2();
  std::printf(
      "%.0f bytes a feed\n",
      static_cast<double>(grown.uordblks + grown.hblkhd - held.uordblks - held.hblkhd) / feeds);

  began = Steady::now();
  const auto all_due = start + 1h;
  for (std::uint32_t i = 0; i < feeds; ++i) {
    const auto feed = schedule.take(all_due);
    if (!feed) std::abort();
    schedule.finished(*feed, all_due);
    schedule.set(*feed, urls(*feed), all_due + 30min);
  }
  std::printf("%.0f ns to take one and put it back\n", nanoseconds(began));
}
