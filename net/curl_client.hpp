// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "net/http_client.hpp"

namespace tocsin::net {

/// `HttpClient` over libcurl's multi interface on the loop's own thread.
///
/// Redirects are followed here and not by libcurl, so that each hop is judged: only http and https,
/// the address guard at each connect, and credentials and bearer tokens only to the first origin.
/// Names are looked up and kept here too (detail/resolver.hpp), and connections are made to the
/// addresses that were found. Proxies of the environment are ignored.
class CurlClient final : public HttpClient {
 public:
  /// `loop` must run on one thread and outlive the client.
  /// `name_servers` stand in for those of the system in tests: "127.0.0.1:5353".
  explicit CurlClient(boost::asio::any_io_executor loop, std::string name_servers = {});
  ~CurlClient() override;

  boost::asio::awaitable<Result<Response>> send(Request request) override;

 private:
  struct Parts;
  /// How one connection ended.
  struct Attempt {
    Result<Response> response = Error{};
    bool unreached = false;  ///< nothing was sent: another address may do better
  };
  // The requests that these refer to live in the frame of `send`.
  boost::asio::awaitable<Result<Response>> send_one(Request& request);
  boost::asio::awaitable<Attempt> attempt(const Request& request, std::string address);

  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::net
