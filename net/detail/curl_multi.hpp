// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

#include "net/detail/socket_set.hpp"

namespace tocsin::net::detail {

/// libcurl's multi handle on an Asio loop. Loop thread only.
///
/// The timer is moved only when libcurl wants it earlier; one that fires too early does no harm.
class CurlMulti {
 public:
  explicit CurlMulti(boost::asio::any_io_executor loop);
  ~CurlMulti();
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  enum class Outcome : std::uint8_t { done, cancelled, refused };
  struct End {
    Outcome outcome = Outcome::refused;
    CURLcode code = CURLE_OK;  ///< for `done`
  };

  /// Performs the transfer that `easy` describes. The handle must live until this returns, and its
  /// CURLOPT_PRIVATE is used here. Cancelling the coroutine takes the transfer out.
  boost::asio::awaitable<End> perform(CURL* easy);

  /// Goes on with a transfer in flight that paused itself. Not from within libcurl's callbacks.
  void resume(CURL* easy);

 private:
  struct Waiting;

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);
  void kick();
  void arm(std::chrono::steady_clock::time_point due);
  void act(curl_socket_t socket, int events);
  void collect();

  boost::asio::any_io_executor loop_;
  SocketSet sockets_;
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point due_ = std::chrono::steady_clock::time_point::max();
  bool kicked_ = false;  // a turn of the loop will call libcurl
  CURLM* multi_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // false: handlers must not touch us
};

}  // namespace tocsin::net::detail
