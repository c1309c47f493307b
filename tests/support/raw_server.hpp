// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace tocsin::testing {

/// A web server on loopback that answers with whatever bytes a test wants, right or wrong, and
/// closes the connection after each answer. It runs on a thread of its own.
class RawServer {
 public:
  /// Gets the whole head of a request (and the body that came with it), returns the bytes of the
  /// answer. Runs on the server's thread.
  using Answer = std::function<std::string(const std::string& request)>;

  explicit RawServer(Answer answer);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string url(const std::string& path = "/") const;
  [[nodiscard]] std::uint16_t port() const;
  /// Every request so far.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void serve();

  Answer answer_;
  boost::asio::io_context loop_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  mutable std::mutex mutex_;  // guards requests_
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// "HTTP/1.1 STATUS OK" with `headers` (each line ending in CR LF) and a right Content-Length.
std::string http_answer(int status, const std::string& headers, const std::string& body);

}  // namespace tocsin::testing
