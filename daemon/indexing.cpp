// SPDX-License-Identifier: MIT
#include "daemon/indexing.hpp"

#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::seconds kBetweenSteps{1};
constexpr std::chrono::seconds kAfterTheLast{10};  // whoever searches sooner indexes the rest first

}  // namespace

asio::awaitable<void> index_now_and_then(store::Store& store) {
  const auto loop = co_await asio::this_coro::executor;
  asio::steady_timer timer(loop);
  std::chrono::seconds pause = kAfterTheLast;
  for (;;) {
    timer.expires_after(pause);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    const auto more = co_await store.index_words();
    if (!more) log::error("store", "cannot index words", {{"error", more.error().message}});
    pause = more && *more ? kBetweenSteps : kAfterTheLast;
  }
}

}  // namespace tocsin::daemon
