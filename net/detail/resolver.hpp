// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/result.hpp"
#include "net/detail/socket_set.hpp"

struct ares_channeldata;
struct ares_addrinfo;

namespace tocsin::net::detail {

/// Host names to addresses, on the loop, by c-ares: /etc/hosts and the servers of /etc/resolv.conf.
///
/// libcurl's own resolver starts a thread a look-up, and its cache is walked whole at the end of
/// every transfer: with one host a feed that is most of the time of a poll. Answers are kept here
/// for as long as the name's owner allows (a minute at least, an hour at most), refusals for half a
/// minute; those who ask for one name at a time share one question. Loop thread only.
class Resolver {
 public:
  /// `servers` instead of those of the system: "192.0.2.1:53,...". For tests; empty: the system's.
  explicit Resolver(boost::asio::any_io_executor loop, std::string servers = {});
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  using Addresses = std::vector<std::string>;  ///< as getnameinfo() prints them, best first

  /// The addresses of `host`; never empty. Errors: unavailable (there is none, or no server
  /// answers), timeout (after `limit`), cancelled.
  boost::asio::awaitable<Result<Addresses>> resolve(std::string host,
                                                    std::chrono::milliseconds limit);

  /// No connection could be made to `address` of `host`: the others are better for a while.
  void demote(const std::string& host, const std::string& address);

 private:
  struct Answer;
  struct Question;
  struct Waiter;
  using Clock = std::chrono::steady_clock;

  void open_channel();
  void close_channel();
  void notice_changed_servers();
  std::shared_ptr<Answer> ask(const std::string& host);
  void make_room(Clock::time_point now);
  void arm();
  static void on_answer(void* question, int status, int timeouts, ares_addrinfo* found);
  static void on_socket(void* self, int socket, int readable, int writable);

  boost::asio::any_io_executor loop_;
  std::string servers_;
  SocketSet sockets_;
  boost::asio::steady_timer timer_;
  ares_channeldata* channel_ = nullptr;
  std::time_t servers_changed_ = 0;  // of /etc/resolv.conf, when the channel was opened
  std::size_t asking_ = 0;
  std::unordered_map<std::string, std::shared_ptr<Answer>> answers_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // false: handlers must not touch us
};

}  // namespace tocsin::net::detail
