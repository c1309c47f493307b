// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tocsin::daemon {

/// Lets coroutines do something one after the other, for each name apart: where one reads, waits
/// and then writes what follows from that, another must not come in between. Loop thread only.
class Turns {
  struct Place;
  using Places = std::map<std::string, std::shared_ptr<Place>, std::less<>>;

 public:
  /// The right to go on, until it is destroyed, which may be after the `Turns` are.
  class Turn {
   public:
    Turn(Turn&& other) noexcept = default;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend class Turns;
    Turn(std::weak_ptr<Places> taken, std::string name);
    std::weak_ptr<Places> taken_;  // empty: moved from
    std::string name_;
  };

  explicit Turns(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  /// Waits until nobody else has the turn of `name`, and takes it. Who waits may be cancelled.
  boost::asio::awaitable<Turn> take(std::string name);

  /// How many wait for the turn of `name`.
  [[nodiscard]] std::size_t waiting(std::string_view name) const;

 private:
  struct Place {
    explicit Place(const boost::asio::any_io_executor& loop)
        : ended(loop, std::chrono::steady_clock::time_point::max()) {}
    boost::asio::steady_timer ended;  // cancelled when the turn ends
    std::size_t waiting = 0;
  };

  boost::asio::any_io_executor loop_;
  std::shared_ptr<Places> taken_ = std::make_shared<Places>();
};

}  // namespace tocsin::daemon
