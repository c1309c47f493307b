// SPDX-License-Identifier: MIT
#include "net/detail/socket_set.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include <sys/epoll.h>

namespace tocsin::net::detail {
namespace asio = boost::asio;

SocketSet::SocketSet(const asio::any_io_executor& loop, OnReady on_ready)
    : epoll_(loop, ::epoll_create1(EPOLL_CLOEXEC)), on_ready_(std::move(on_ready)) {
  wait();
}

SocketSet::~SocketSet() {
  *alive_ = false;
}

void SocketSet::watch(int socket, Interest interest) {
  const int epoll = epoll_.native_handle();
  const auto at = static_cast<std::size_t>(socket);
  if (at >= watched_.size()) watched_.resize(at + 1);
  const bool known = watched_[at];
  watched_[at] = interest.read || interest.write;
  if (!interest.read && !interest.write) {
    if (known) ::epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nullptr);
    return;
  }
  epoll_event event{};
  event.events = (interest.read ? EPOLLIN : 0U) | (interest.write ? EPOLLOUT : 0U);
  event.data.fd = socket;
  ::epoll_ctl(epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
}

void SocketSet::wait() {
  auto look = [this, alive = alive_](const boost::system::error_code& error) {
    if (error || !*alive) return;
    std::array<epoll_event, 256> events{};
    const int count =
        ::epoll_wait(epoll_.native_handle(), events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count && *alive; ++i) {
      const auto& event = events.at(static_cast<std::size_t>(i));
      Ready ready;
      ready.read = (event.events & EPOLLIN) != 0;
      ready.write = (event.events & EPOLLOUT) != 0;
      ready.failed = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
      on_ready_(event.data.fd, ready);
    }
    if (*alive) wait();
  };
  epoll_.async_wait(asio::posix::stream_descriptor::wait_read, std::move(look));
}

}  // namespace tocsin::net::detail
