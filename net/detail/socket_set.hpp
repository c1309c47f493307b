// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace tocsin::net::detail {

/// Sockets of a library that brings its own (libcurl, c-ares), on an Asio loop. They live in an
/// epoll descriptor of their own, and Asio waits on that one: no object and no lifetime for each
/// socket, and about 1.1 of the cost of a bare epoll loop. Loop thread only.
class SocketSet {
 public:
  struct Interest {
    bool read = false, write = false;
  };
  struct Ready {
    bool read = false, write = false, failed = false;
  };
  /// Called on the loop, never from within `watch`.
  using OnReady = std::function<void(int socket, Ready ready)>;

  SocketSet(const boost::asio::any_io_executor& loop, OnReady on_ready);
  ~SocketSet();
  SocketSet(const SocketSet&) = delete;
  SocketSet& operator=(const SocketSet&) = delete;

  /// Watches `socket` from now on, or for something else than before. With neither it is let go;
  /// that is to be said before it is closed.
  void watch(int socket, Interest interest);

 private:
  void wait();

  boost::asio::posix::stream_descriptor epoll_;
  OnReady on_ready_;
  std::vector<bool> watched_;  // by socket: whether it is in the epoll set
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // false: handlers must not touch us
};

}  // namespace tocsin::net::detail
