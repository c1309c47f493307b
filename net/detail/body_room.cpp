// SPDX-License-Identifier: MIT
#include "net/detail/body_room.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace tocsin::net::detail {

struct BodyRoom::State {
  struct Waiter {
    const void* who;
    std::function<void()> ready;
  };
  boost::asio::any_io_executor loop;
  std::size_t free = kPlaces;
  std::deque<Waiter> line, turn;

  static void call_next(std::deque<Waiter>& waiters) {
    if (waiters.empty()) return;
    const auto ready = std::move(waiters.front().ready);
    waiters.pop_front();
    ready();
  }
  void give_back() {
    ++free;
    // One that is called may not want the place any more: it timed out, or its server hung up.
    while (free > 0 && !line.empty()) call_next(line);
  }
};

BodyRoom::BodyRoom(boost::asio::any_io_executor loop) : state_(std::make_shared<State>()) {
  state_->loop = std::move(loop);
}

BodyRoom::~BodyRoom() = default;

BodyRoom::Place BodyRoom::take() {
  if (state_->free == 0) return nullptr;
  --state_->free;
  // What points nowhere cannot be told from no place: it points to the room, and owns nothing.
  const auto let_go = [room = std::weak_ptr<State>(state_), loop = state_->loop](void*) {
    boost::asio::post(loop, [room] {
      if (const auto still = room.lock()) still->give_back();
    });
  };
  return {static_cast<void*>(state_.get()), let_go};
}

void BodyRoom::wait(const void* who, std::function<void()> ready) {
  state_->line.push_back({who, std::move(ready)});
}

void BodyRoom::wait_a_turn(const void* who, std::function<void()> ready) {
  state_->turn.push_back({who, std::move(ready)});
  boost::asio::post(state_->loop, [room = std::weak_ptr<State>(state_)] {
    if (const auto still = room.lock()) State::call_next(still->turn);
  });
}

void BodyRoom::leave(const void* who) {
  const auto is_he = [who](const State::Waiter& waiter) { return waiter.who == who; };
  std::erase_if(state_->line, is_he);
  std::erase_if(state_->turn, is_he);
}

}  // namespace tocsin::net::detail
