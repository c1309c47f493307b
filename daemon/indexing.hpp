// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/awaitable.hpp>

#include "store/store.hpp"

namespace tocsin::daemon {

/// Puts the words of new archived items into the index of `store`, in small steps with pauses, so
/// that neither polls nor deliveries wait for it: at most a hundred items a second. Ends when it is
/// cancelled; failures are logged, and it goes on.
boost::asio::awaitable<void> index_now_and_then(store::Store& store);

}  // namespace tocsin::daemon
