// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "notifier/channels/make.hpp"
#include "notifier/delivery.hpp"

namespace tocsin::daemon {

/// A channel for every receiver of `spec`, by its name; what `deps` refers to must outlive them.
/// Errors: malformed, for a receiver that cannot be made.
Result<notifier::DeliveryService::Channels> make_channels(const notifier::DeliverySpec& spec,
                                                          const notifier::ChannelDeps& deps);

}  // namespace tocsin::daemon
