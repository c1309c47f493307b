// SPDX-License-Identifier: MIT
#include "daemon/channels.hpp"

#include <utility>

namespace tocsin::daemon {

Result<notifier::DeliveryService::Channels> make_channels(const notifier::DeliverySpec& spec,
                                                          const notifier::ChannelDeps& deps) {
  notifier::DeliveryService::Channels channels;
  for (const auto& receiver : spec.receivers) {
    auto channel = notifier::make_channel(receiver, spec, deps);
    if (!channel) return std::move(channel).error().context("receiver " + receiver.name);
    channels.emplace(receiver.name, std::move(*channel));
  }
  return channels;
}

}  // namespace tocsin::daemon
