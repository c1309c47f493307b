// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tocsin {

/// What went wrong, coarse enough to decide what to do next.
enum class Errc : std::uint8_t {
  malformed,    ///< input breaks its format; retrying the same bytes cannot help
  unsupported,  ///< well-formed, but a feature we do not implement
  too_large,    ///< a limit was hit before the input ended
  not_found,    ///< the named thing does not exist
  denied,       ///< refused: permissions, a guarded address, HTTP 401 or 403
  unavailable,  ///< network, DNS, TLS, HTTP 429 or 5xx: retry later
  timeout,      ///< a deadline passed: retry later
  cancelled,    ///< the caller asked us to stop
  io,           ///< disk, pipe or database
};

/// A failure: a code to act on and a sentence to show.
///
/// `message` is one line of UTF-8, lower case, without a trailing full stop, readable by the
/// person who runs the daemon; it never holds a secret (see base/redact.hpp).
struct Error {
  Errc code{};
  std::string message;

  /// Prepends "what: " to the message, so that the innermost cause stands last.
  Error context(std::string_view what) && {
    message.insert(0, ": ").insert(0, what);
    return std::move(*this);
  }
};

/// True when the same call may succeed later without any change of ours.
constexpr bool retryable(Errc code) noexcept {
  return code == Errc::unavailable || code == Errc::timeout;
}

/// Stable lower-case name, used in logs, metrics labels and JSON.
std::string_view to_string(Errc code) noexcept;

}  // namespace tocsin
