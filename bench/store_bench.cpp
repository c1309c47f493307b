// SPDX-License-Identifier: MIT
// How many polls a second the store takes, and what one costs: first polls with 30 seen keys each,
// then polls of which one in fifty brings an alert. Usage: store_bench [FOLDER [FEEDS [IN_FLIGHT]]]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <sys/resource.h>

#include "store/sqlite_store.hpp"

namespace {

namespace asio = boost::asio;
using tocsin::store::PollCommit;
using tocsin::store::SqliteStore;

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

PollCommit poll_of(int number, int pass) {
  PollCommit poll;
  poll.feed = "feed-" + std::to_string(number);
  poll.state.etag = "\"" + std::to_string(number * 7919 + pass) + "\"";
  poll.state.next_poll = tocsin::Timestamp{std::chrono::minutes{30}};
  poll.state.next_reason = "interval 30m";
  poll.seen_changed = true;
  for (int i = 0; i < 30; ++i)
    poll.seen.push_back(static_cast<std::uint64_t>(number) * 1000 +
                        static_cast<std::uint64_t>(i + pass));
  if (number % 50 != 0 || pass == 0) return poll;
  tocsin::Notification alert;
  alert.id = poll.feed + "/" + std::to_string(pass);
  alert.receiver = "desk";
  alert.item.title = "A title of the usual length about something that happened";
  alert.item.summary = std::string(300, 'x');
  poll.notifications.push_back(alert);
  return poll;
}

struct Pass {
  int next = 0;
  int feeds = 0;
  int number = 0;
  int failed = 0;
};

asio::awaitable<void> worker(SqliteStore& store, Pass& pass) {
  while (pass.next < pass.feeds) {
    auto writing = store.commit(poll_of(pass.next++, pass.number));
    const auto done = co_await std::move(writing);
    if (!done) ++pass.failed;
  }
}

void measure(asio::io_context& io, SqliteStore& store, Pass pass, int in_flight) {
  const auto cpu = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < in_flight; ++i) asio::co_spawn(io, worker(store, pass), asio::detached);
  io.restart();
  io.run();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf("pass %d: %d polls, %d in flight: %.0f a second, %.1f us CPU each, %d failed\n",
              pass.number, pass.feeds, in_flight, pass.feeds / wall.count(),
              (cpu_seconds() - cpu) * 1e6 / pass.feeds, pass.failed);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : "store-bench";
  const int feeds = argc > 2 ? std::atoi(argv[2]) : 10000;
  const int in_flight = argc > 3 ? std::atoi(argv[3]) : 64;
  asio::io_context io(1);
  auto store = SqliteStore::open(folder, io.get_executor());
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  for (int number = 0; number < 3; ++number) measure(io, **store, {0, feeds, number, 0}, in_flight);
  return 0;
}
