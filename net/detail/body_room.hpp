// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

namespace tocsin::net::detail {

/// Places for large bodies, so that memory has a bound whatever many servers send at once: a body
/// may grow to `kFree` bytes as it likes, and needs a place to grow further. Who finds none waits
/// in line. Loop thread only, but for letting go of a place.
class BodyRoom {
 public:
  static constexpr std::size_t kFree = 128U << 10U;
  static constexpr std::size_t kPlaces = 6;

  /// A place is given back when its last copy goes, on any thread.
  using Place = std::shared_ptr<void>;

  explicit BodyRoom(boost::asio::any_io_executor loop);
  BodyRoom(const BodyRoom&) = delete;
  BodyRoom& operator=(const BodyRoom&) = delete;
  ~BodyRoom();

  /// A place, or null when all are taken.
  Place take();

  /// Puts `who` in line: `ready` is called once, on the loop, when it should ask again: at once, or
  /// the place goes to the next in line. It must leave before it dies.
  void wait(const void* who, std::function<void()> ready);
  /// The same for one that only lets the loop's other work go first.
  void wait_a_turn(const void* who, std::function<void()> ready);
  void leave(const void* who);

 private:
  struct State;
  std::shared_ptr<State> state_;  // places point to it, and may outlive the room
};

}  // namespace tocsin::net::detail
