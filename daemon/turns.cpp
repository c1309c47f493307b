// SPDX-License-Identifier: MIT
#include "daemon/turns.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tocsin::daemon {
namespace asio = boost::asio;

Turns::Turn::Turn(std::weak_ptr<Places> taken, std::string name)
    : taken_(std::move(taken)), name_(std::move(name)) {}

Turns::Turn::~Turn() {
  const auto taken = taken_.lock();
  if (taken == nullptr) return;
  const auto place = taken->extract(name_);
  place.mapped()->ended.cancel();
}

// All that wait are woken, and the first to run takes the turn; the others wait anew.
asio::awaitable<Turns::Turn> Turns::take(std::string name) {
  const auto taken = taken_;
  for (auto found = taken->find(name); found != taken->end(); found = taken->find(name)) {
    const auto place = found->second;
    ++place->waiting;
    co_await place->ended.async_wait(asio::as_tuple(asio::use_awaitable));
    --place->waiting;
  }
  taken->emplace(name, std::make_shared<Place>(loop_));
  co_return Turn(taken, std::move(name));
}

std::size_t Turns::waiting(std::string_view name) const {
  const auto found = taken_->find(name);
  return found == taken_->end() ? 0 : found->second->waiting;
}

}  // namespace tocsin::daemon
