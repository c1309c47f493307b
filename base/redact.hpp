// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

/// `url` fit for a log or an error: user name and password are cut out, and the values of query
/// parameters whose names speak of secrets (token, key, secret, password, signature, auth) become
/// "***". Text that is no URL comes back scrubbed of control characters only. Any thread: pure.
std::string redact(std::string_view url);

/// `text` made safe for one log line or one header: C0 and C1 controls, DEL and the Unicode line
/// separators become blanks (CWE-117). At most `max_bytes`, cut at a character, with "…" added.
std::string scrub(std::string_view text, std::size_t max_bytes = 2000);

/// The first `max_bytes` of `text` at most, never cutting a UTF-8 sequence in two.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace tocsin
