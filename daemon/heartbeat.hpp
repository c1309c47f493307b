// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tocsin::daemon {

/// How late the loop came to a timer: what blocks the loop shows here.
struct LoopLag {
  std::chrono::microseconds last{0};
  std::chrono::microseconds worst{0};  ///< since the start
  std::uint64_t beats = 0;
  std::uint64_t late = 0;  ///< beats that came more than 100 ms late
};

/// Beats several times a second on the loop: measures its lag, and tells systemd's watchdog that
/// the service is alive (WATCHDOG_USEC of sd_watchdog_enabled(3)). Loop thread only.
class Heartbeat {
 public:
  explicit Heartbeat(boost::asio::any_io_executor loop);

  /// Beats until cancelled.
  boost::asio::awaitable<void> run();

  [[nodiscard]] const LoopLag& lag() const noexcept { return lag_; }

 private:
  void beat(std::chrono::steady_clock::time_point due);

  boost::asio::steady_timer timer_;
  LoopLag lag_;
  std::chrono::microseconds watchdog_{0};  // half of systemd's limit; 0: there is none
  std::chrono::steady_clock::time_point last_ping_;
};

}  // namespace tocsin::daemon
