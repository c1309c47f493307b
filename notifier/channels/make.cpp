// SPDX-License-Identifier: MIT
#include "notifier/channels/make.hpp"

#include "notifier/channels/email.hpp"
#include "notifier/channels/print.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/channels/webhook.hpp"

namespace tocsin::notifier {

Result<std::unique_ptr<Channel>> make_channel(const ReceiverSpec& receiver,
                                              const DeliverySpec& delivery, ChannelDeps deps) {
  if (receiver.email) return make_email_channel(receiver, delivery, deps);
  if (receiver.webhook) return make_webhook_channel(receiver, delivery, deps);
  if (receiver.service) return make_service(receiver, delivery, deps);
  return make_print_channel(deps);
}

}  // namespace tocsin::notifier
