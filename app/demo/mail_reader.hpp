// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

/// Reads mail messages, strictly: what `tocsin demo` shows of a mail, and how tests judge what was
/// composed. Any thread: everything here is pure.
namespace tocsin::demo {

/// One body of a message, decoded.
struct MailPart {
  std::string content_type;  ///< without parameters, in lower case
  std::string text;          ///< after quoted-printable; CRLF line ends
};

/// A message, taken apart.
struct ReadMail {
  std::vector<std::pair<std::string, std::string>> headers;  ///< unfolded, as written
  std::vector<MailPart> parts;                               ///< one, or those of a multipart

  /// The first header `name` (any case), encoded words decoded; "" when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  /// How often header `name` stands there.
  [[nodiscard]] std::size_t count(std::string_view name) const;
  /// The text of the part of `content_type`; "" when there is none.
  [[nodiscard]] std::string text_of(std::string_view content_type) const;
};

/// Reads a whole message. Errors: malformed for every deviation: a bare CR or LF, a line beyond 998
/// bytes, a byte beyond ASCII, a header without a colon, a multipart that does not end.
Result<ReadMail> read_mail(std::string_view data);

/// `value` with its encoded words (RFC 2047, UTF-8 only) decoded.
std::string decode_words(std::string_view value);

}  // namespace tocsin::demo
