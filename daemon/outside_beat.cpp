// SPDX-License-Identifier: MIT
#include "daemon/outside_beat.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// How soon a reload that brings an address is noticed.
constexpr milliseconds kLook{10'000};
constexpr milliseconds kShortest{100};

}  // namespace

OutsideBeat::OutsideBeat(net::HttpClient& http, asio::any_io_executor loop)
    : http_(http), loop_(std::move(loop)) {}

asio::awaitable<bool> OutsideBeat::call(Target target) {
  net::Request request;
  request.url = std::move(target.url);
  request.headers = {{"User-Agent", std::move(target.user_agent)}};
  request.allow_private = true;  // the operator's own choice, like a receiver
  request.timeout = milliseconds{20'000};
  request.max_body = 64U << 10U;
  auto sending = http_.send(std::move(request));
  const auto response = co_await std::move(sending);
  if (!response && response.error().code == Errc::cancelled) co_return false;
  const bool taken = response && response->status / 100 == 2;
  if (!taken && !failing_)
    // The path of such an address is its secret, so no message that names it goes to the log.
    log::warn("daemon", "the heartbeat cannot be sent",
              {{"error", response ? "HTTP " + std::to_string(response->status)
                                  : std::string(to_string(response.error().code))}});
  if (taken && failing_) log::info("daemon", "the heartbeat is sent again", {});
  failing_ = !taken;
  co_return taken;
}

asio::awaitable<void> OutsideBeat::run(std::function<Target()> target,
                                       std::function<bool()> healthy) {
  asio::steady_timer timer(loop_);
  for (;;) {
    auto now = target();
    auto pause = kLook;
    if (!now.url.empty()) {
      const auto every = now.every;
      bool sent = false;
      if (healthy()) {
        auto calling = call(std::move(now));
        sent = co_await std::move(calling);
      }
      pause = std::max(sent ? every : every / 10, kShortest);
    }
    timer.expires_after(pause);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
  }
}

}  // namespace tocsin::daemon
