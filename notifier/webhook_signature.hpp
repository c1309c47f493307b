// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

/// Standard Webhooks 1.0: how a receiver knows that a request is ours, whole and fresh.
/// Any thread: everything here is pure.
namespace tocsin::notifier {

/// The value of `webhook-signature` for a request: "v1," and the base64 of HMAC-SHA256 over
/// "id.timestamp.body". `secret` is "whsec_" and base64, or raw text; several "whsec_" secrets with
/// blanks between them give as many signatures, so that a key can be changed without a gap.
std::string sign_webhook(std::string_view secret, std::string_view id, Timestamp when,
                         std::string_view body);

/// True when one of the signatures in `header` is right for the request under one of the secrets.
/// `timestamp` is the header `webhook-timestamp` as it came. Takes the same time for every wrong
/// signature. Does not look at the age of the request.
bool verify_webhook(std::string_view secret, std::string_view id, std::string_view timestamp,
                    std::string_view body, std::string_view header);

/// `when` as `webhook-timestamp` writes it: whole seconds since 1970.
std::string webhook_timestamp(Timestamp when);

}  // namespace tocsin::notifier
