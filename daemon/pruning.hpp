// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// Deletes what `storage` no longer keeps, every ten minutes and in small steps, so that neither
/// polls nor deliveries wait for it; until it is cancelled. `store` and `clock` must outlive it.
/// Loop thread only.
boost::asio::awaitable<void> prune_now_and_then(store::Store& store, const Clock& clock,
                                                std::function<config::StorageSpec()> storage);

}  // namespace tocsin::daemon
