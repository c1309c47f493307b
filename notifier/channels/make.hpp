// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/http_client.hpp"
#include "net/smtp_client.hpp"
#include "notifier/channel.hpp"
#include "notifier/spec.hpp"

namespace tocsin::notifier {

/// What channels need of the world. The references must outlive every channel made with them.
struct ChannelDeps {
  net::HttpClient& http;
  net::SmtpClient& smtp;
  const Clock& clock;
  std::function<void(std::string_view)> print;  ///< one line to standard output
  bool colour = false;                          ///< `print` may use ANSI escapes
};

/// The channel of `receiver`, ready to deliver. Loop thread only; starts nothing.
///
/// Errors: malformed (an address, a URL, a template or an option that cannot work, by name),
/// not_found (a service that does not exist, with the one that was probably meant).
Result<std::unique_ptr<Channel>> make_channel(const ReceiverSpec& receiver,
                                              const DeliverySpec& delivery, ChannelDeps deps);

}  // namespace tocsin::notifier
