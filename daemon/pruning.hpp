// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// How long what is kept by `config`. What tells repeats and stories lives through the dedup
/// window, however soon the rest goes. Any thread: pure.
store::Retention retention_of(const config::Config& config);

/// Deletes what is no longer kept: at once, then every ten minutes, and in small steps, so that
/// neither polls nor deliveries wait for it; until it is cancelled. `store` and `clock` must
/// outlive it. Loop thread only.
boost::asio::awaitable<void> prune_now_and_then(store::Store& store, const Clock& clock,
                                                std::function<store::Retention()> retention);

/// The same in a run that ends: without pauses, until nothing is left to delete, but for two
/// seconds at most.
boost::asio::awaitable<void> prune_to_end(store::Store& store, store::Retention retention,
                                          Timestamp now);

}  // namespace tocsin::daemon
