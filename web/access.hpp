// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "web/http.hpp"

namespace tocsin::web {

/// Whom a route answers.
enum class Access : std::uint8_t {
  anyone,   ///< says nothing that matters: health
  readers,  ///< on loopback anyone on this machine; else only with the token
  owner,    ///< changes state: the token, always
  self,     ///< the handler judges for itself (a callback with a secret in its path)
};

/// What guards the server.
struct Guard {
  std::string token;       ///< empty: nobody is an owner
  bool loopback = true;    ///< listens where only this machine reaches
  std::uint16_t port = 0;  ///< that it listens on, for the Host check
};

/// Decides whether `request` may go on to a route of `access`.
///
/// On loopback, Host must name this machine literally (localhost, 127.0.0.1, [::1]; with its port,
/// or with none), so that a web page cannot reach the server by a DNS name of its own that it
/// rebinds. What changes state is refused to pages of other origins (Sec-Fetch-Site, Origin), and
/// wants the token in `Authorization: Bearer`. Tokens are compared in constant time.
///
/// Yields status 0 when allowed, else the refusal to send. Any thread: pure.
Response judge(const Request& request, Access access, const Guard& guard);

/// True when both texts are equal, in a time that depends on their lengths alone.
bool equal_secret(std::string_view one, std::string_view other) noexcept;

}  // namespace tocsin::web
