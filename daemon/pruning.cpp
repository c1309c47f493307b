// SPDX-License-Identifier: MIT
#include "daemon/pruning.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBetweenPrunes{600'000};
constexpr milliseconds kBetweenSteps{1'000};
constexpr milliseconds kLongestEnd{2'000};

/// Whether there is more to delete; none after an error, which is logged.
asio::awaitable<bool> prune_once(store::Store& store, store::Retention retention, Timestamp now) {
  const auto more = co_await store.prune(retention, now);
  if (!more) log::error("store", "cannot prune", {{"error", more.error().message}});
  co_return more&&* more;
}

}  // namespace

store::Retention retention_of(const config::Config& config) {
  const auto window = config.delivery.dedup.window;
  store::Retention out;
  out.items = config.storage.keep_items;
  out.matches = std::max(config.storage.keep_matches, window);
  out.delivered = std::max(out.delivered, window);
  return out;
}

asio::awaitable<void> prune_now_and_then(store::Store& store, const Clock& clock,
                                         std::function<store::Retention()> retention) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    auto pruning = prune_once(store, retention(), clock.now());
    const bool more = co_await std::move(pruning);
    timer.expires_after(more ? kBetweenSteps : kBetweenPrunes);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
  }
}

asio::awaitable<void> prune_to_end(store::Store& store, store::Retention retention, Timestamp now) {
  const auto end = std::chrono::steady_clock::now() + kLongestEnd;
  bool more = true;
  while (more && std::chrono::steady_clock::now() < end) {
    auto pruning = prune_once(store, retention, now);
    more = co_await std::move(pruning);
  }
}

}  // namespace tocsin::daemon
