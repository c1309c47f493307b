// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "net/http.hpp"

namespace tocsin::net {

/// Sends HTTP requests. Abstract so that tests can script the network.
///
/// Loop thread only. Several sends may be in flight. Cancelling the awaiting coroutine drops the
/// transfer and yields Errc::cancelled. Destroy the client after its last send has ended.
class HttpClient {
 public:
  HttpClient() = default;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  virtual ~HttpClient() = default;

  /// Performs `request`. An HTTP error status is not an error here.
  ///
  /// Errors: malformed (bad URL, bad reply, a body that is cut or does not decode), denied (the
  /// address guard, a scheme other than http and https), too_large, timeout, unavailable (DNS,
  /// connect, TLS), cancelled. Messages name the host, never a credential.
  virtual boost::asio::awaitable<Result<Response>> send(Request request) = 0;
};

}  // namespace tocsin::net
