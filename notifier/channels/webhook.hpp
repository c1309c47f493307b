// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "base/result.hpp"
#include "notifier/channel.hpp"
#include "notifier/channels/make.hpp"
#include "notifier/spec.hpp"

namespace tocsin::notifier {

/// Alerts as signed HTTP requests: the CloudEvents document, or a body by template, with the
/// headers of Standard Webhooks. Errors: malformed (the URL, the template).
Result<std::unique_ptr<Channel>> make_webhook_channel(const ReceiverSpec& receiver,
                                                      const DeliverySpec& delivery,
                                                      const ChannelDeps& deps);

}  // namespace tocsin::notifier
