// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/smtp_client.hpp"
#include "notifier/channel.hpp"
#include "notifier/channels/make.hpp"
#include "notifier/spec.hpp"

namespace tocsin::notifier {

/// Alerts by mail: one message and one fate for each address. Errors: malformed (an address, a
/// template, no recipient).
Result<std::unique_ptr<Channel>> make_email_channel(const ReceiverSpec& receiver,
                                                    const DeliverySpec& delivery,
                                                    const ChannelDeps& deps);

/// What a relay's answer means: 2yz delivered; 4yz, a lost connection and a timeout retry, where
/// 4yz to RCPT or DATA concerns this recipient alone; 5yz to RCPT or DATA dead for this recipient;
/// 5yz to the greeting, AUTH or MAIL, and TLS that is refused, retry slowly, for a person has to
/// mend that. Any thread: pure.
Attempt judge_smtp(const Result<net::SmtpReply>& answer, const RetryPolicy& retry);

/// A reply on one line, with its code once: "250 taken".
std::string reply_text(const net::SmtpReply& reply);

}  // namespace tocsin::notifier
