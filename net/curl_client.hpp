// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "net/http_client.hpp"

namespace tocsin::net {

/// `HttpClient` over libcurl's multi interface on the loop's own thread.
///
/// Redirects are followed here and not by libcurl, so that each hop is judged: only http and https,
/// the address guard at each connect, and credentials and bearer tokens only to the first origin.
/// Proxies of the environment are ignored.
class CurlClient final : public HttpClient {
 public:
  /// `loop` must run on one thread and outlive the client.
  explicit CurlClient(boost::asio::any_io_executor loop);
  ~CurlClient() override;

  boost::asio::awaitable<Result<Response>> send(Request request) override;

 private:
  struct Parts;
  boost::asio::awaitable<Result<Response>> send_one(Request request);

  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::net
