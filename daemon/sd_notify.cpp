// SPDX-License-Identifier: MIT
#include "daemon/sd_notify.hpp"

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/daemon.hpp"

namespace tocsin::daemon {

void sd_notify(std::string_view message) noexcept {
  const char* path = std::getenv("NOTIFY_SOCKET");  // NOLINT(concurrency-mt-unsafe)
  sockaddr_un address{};
  if (path == nullptr || (path[0] != '/' && path[0] != '@')) return;
  const std::size_t length = std::strlen(path);
  if (length >= sizeof(address.sun_path)) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // an abstract socket
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  ::sendto(fd, message.data(), message.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address), size);
  ::close(fd);
}

std::string reloading_message() {
  using std::chrono::microseconds;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return "RELOADING=1\nMONOTONIC_USEC=" +
         std::to_string(std::chrono::duration_cast<microseconds>(now).count());
}

std::string status_message(const Status& status) {
  std::string out = "STATUS=" + std::to_string(status.feeds) + " feeds, " +
                    std::to_string(status.watches) + " watches; " +
                    std::to_string(status.outbox.waiting) + " messages waiting, " +
                    std::to_string(status.outbox.dead) + " given up";
  return status.healthy ? out : out + "; the store cannot be written";
}

}  // namespace tocsin::daemon
