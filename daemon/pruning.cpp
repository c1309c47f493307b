// SPDX-License-Identifier: MIT
#include "daemon/pruning.hpp"

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

store::Retention retention_of(const config::StorageSpec& storage) {
  store::Retention out;
  out.items = storage.keep_items;
  out.matches = storage.keep_matches;
  return out;
}

}  // namespace

asio::awaitable<void> prune_now_and_then(store::Store& store, const Clock& clock,
                                         std::function<config::StorageSpec()> storage) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  auto pause = kBetweenPrunes;
  for (;;) {
    timer.expires_after(pause);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    const auto retention = retention_of(storage());
    const auto more = co_await store.prune(retention, clock.now());
    if (!more) log::error("store", "cannot prune", {{"error", more.error().message}});
    pause = more && *more ? kBetweenSteps : kBetweenPrunes;
  }
}

}  // namespace tocsin::daemon
