// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/event.hpp"
#include "notifier/mime.hpp"

/// Mail messages about events. Any thread: everything here is pure.
namespace tocsin::notifier {

/// A message before it is written out. All text is UTF-8 and may hold anything.
struct MailMessage {
  Mailbox from, to;
  std::string subject;
  Timestamp date{};
  std::string message_id;  ///< without angle brackets
  std::string thread_id;   ///< likewise; a message that the thread hangs from; empty: none
  std::string list_id;     ///< likewise
  std::vector<std::pair<std::string, std::string>> extra;  ///< further header fields
  std::string text, html;                                  ///< html empty: plain text alone
};

/// `message` as RFC 5322 wants it: CRLF line ends, no bare CR or LF, lines of at most 78 columns,
/// ASCII only, multipart/alternative. Equal input gives equal bytes. Errors: malformed (an address
/// that is none).
Result<std::string> compose_mail(const MailMessage& message);

/// The ids of the message that carries `event` to its receiver, in `domain`: "id.receiver@domain",
/// the same on every attempt.
std::string message_id(const Event& event, std::string_view domain);

/// What messages about the same story hang from: one id a story and receiver, a message that never
/// was, so that mail programs thread from the first on. Empty for digests, and for alerts whose
/// items tell several stories.
std::string thread_id(const Event& event, std::string_view domain);

/// The host part of `source`, which is a URL or a name, fit for a message id.
std::string mail_domain(std::string_view source);

}  // namespace tocsin::notifier
