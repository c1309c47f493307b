// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "base/result.hpp"
#include "web/router.hpp"

namespace tocsin::web {

/// Where the server listens and what it puts up with.
struct ServerOptions {
  std::string host = "127.0.0.1";  ///< an address, or localhost
  std::uint16_t port = 8787;       ///< 0: any that is free
  std::string token;               ///< empty: nothing that changes state is served
  std::size_t max_connections = 100;
  std::uint32_t max_header = 16U << 10U;           ///< bytes of the request line and all headers
  std::size_t max_body = 1U << 20U;                ///< bytes
  std::chrono::milliseconds read_limit{10'000};    ///< for one whole request, from its first wait
  std::chrono::milliseconds answer_limit{30'000};  ///< for the handler and the writing
  std::size_t requests_per_connection = 1'000;
};

/// A small HTTP/1.1 server for the operator: health, metrics, reload. No TLS: a proxy's job.
///
/// Loop thread only. The loop outlives it; connections end when it is destroyed.
class Server {
 public:
  /// Binds and listens; answers as soon as the loop runs.
  ///
  /// Errors: malformed (the host is no address), denied (a port that is taken or privileged; an
  /// address beyond this machine without a token), io.
  static Result<Server> listen(boost::asio::any_io_executor loop, ServerOptions options);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  /// Where handlers are added: before the loop runs, or on it.
  [[nodiscard]] Router& router() noexcept;

  /// The port that it listens on.
  [[nodiscard]] std::uint16_t port() const noexcept;

 private:
  class Core;
  explicit Server(std::shared_ptr<Core> core);
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin::web
