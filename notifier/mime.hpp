// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

/// The parts of mail messages: header fields that nothing can be injected into, and bodies that
/// every relay passes on unchanged. Any thread: everything here is pure.
namespace tocsin::notifier {

/// One unstructured header field with its CRLF, folded at 78 columns (RFC 5322). Controls and line
/// ends in `value` become blanks; text beyond ASCII becomes encoded words (RFC 2047), each of whole
/// characters. `name` is ours and not checked.
std::string header_field(std::string_view name, std::string_view value);

/// An address field: `Name: "Display" <address>`. `address` must satisfy `is_mail_address`.
std::string mailbox_field(std::string_view name, std::string_view display,
                          std::string_view address);

/// `text` as quoted-printable (RFC 2045): CRLF line ends, lines of at most 76 characters, only
/// printable ASCII, none that starts with a dot or "From ".
std::string quoted_printable(std::string_view text);

/// A bare address that may stand in an envelope: ASCII, one "@" outside quotes, no blanks,
/// controls or angle brackets, at most 254 bytes.
bool is_mail_address(std::string_view text) noexcept;

/// A mailbox as people write it: `desk@example.org` or `The desk <desk@example.org>`.
struct Mailbox {
  std::string display, address;
};
Mailbox parse_mailbox(std::string_view text);

/// `when` as RFC 5322 writes dates, in UTC: "Mon, 23 Nov 2026 08:00:00 +0000".
std::string mail_date(Timestamp when);

/// `text` reduced to what may stand in a message id: letters, digits, "-", "_" and inner dots, at
/// most 64. What had to be changed gets a digest at its end, so that different names stay
/// different.
std::string id_atom(std::string_view text);

}  // namespace tocsin::notifier
