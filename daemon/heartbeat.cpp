// SPDX-License-Identifier: MIT
#include "daemon/heartbeat.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "daemon/sd_notify.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBeat{250};
constexpr milliseconds kLate{100};

/// Half of the time that systemd waits for a sign of life; zero without a watchdog.
microseconds watchdog_interval() {
  const char* text = std::getenv("WATCHDOG_USEC");  // NOLINT(concurrency-mt-unsafe)
  std::int64_t limit = 0;
  if (text != nullptr) std::from_chars(text, text + std::strlen(text), limit);
  return microseconds{std::max<std::int64_t>(limit, 0) / 2};
}

}  // namespace

Heartbeat::Heartbeat(asio::any_io_executor loop)
    : timer_(std::move(loop)), watchdog_(watchdog_interval()), last_ping_(steady_clock::now()) {}

void Heartbeat::beat(steady_clock::time_point due) {
  const auto now = steady_clock::now();
  lag_.last = std::chrono::duration_cast<microseconds>(now - due);
  lag_.worst = std::max(lag_.worst, lag_.last);
  ++lag_.beats;
  if (lag_.last > kLate) {
    ++lag_.late;
    log::warn(
        "daemon", "the loop was blocked",
        {{"ms", std::to_string(std::chrono::duration_cast<milliseconds>(lag_.last).count())}});
  }
  log::tell_left_out();
  if (watchdog_.count() > 0 && now - last_ping_ >= watchdog_) {
    last_ping_ = now;
    sd_notify("WATCHDOG=1");
  }
}

asio::awaitable<void> Heartbeat::run() {
  for (;;) {
    const auto due = steady_clock::now() + kBeat;
    timer_.expires_at(due);
    const auto [error] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    beat(due);
  }
}

}  // namespace tocsin::daemon
