// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "net/http_client.hpp"

namespace tocsin::daemon {

/// A sign of life for a dead-man's switch: a service outside that raises the alarm when requests
/// stay away. Who is dead cannot say so; this is how it is noticed. Loop thread only.
class OutsideBeat {
 public:
  /// What to call, and how often. An empty address: nothing.
  struct Target {
    std::string url;
    std::chrono::milliseconds every{std::chrono::minutes{5}};
    std::string user_agent;
  };

  OutsideBeat(net::HttpClient& http, boost::asio::any_io_executor loop);

  /// Calls the address of `target()` at once and then again and again, until cancelled; it is asked
  /// anew each time, so a reload counts. Not while `healthy()` is false. A call that fails is made
  /// again after a tenth of the interval, and logged when it begins to fail and when it ends.
  boost::asio::awaitable<void> run(std::function<Target()> target, std::function<bool()> healthy);

 private:
  boost::asio::awaitable<bool> call(Target target);

  net::HttpClient& http_;
  boost::asio::any_io_executor loop_;
  bool failing_ = false;
};

}  // namespace tocsin::daemon
