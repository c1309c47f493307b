// SPDX-License-Identifier: MIT
#include "daemon/disk_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/statvfs.h>

#include "base/log.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::minutes kBetweenLooks{1};

constexpr std::uint64_t kMebibyte = 1U << 20U;
constexpr std::uint64_t kLow = 256 * kMebibyte;

/// A small disk, such as a container's, may never have as much free as a large one should.
std::uint64_t low_mark(std::uint64_t total) {
  return std::min(kLow, total / 50);
}

std::string in_mebibytes(std::uint64_t bytes) {
  return std::to_string(bytes / kMebibyte) + " MiB";
}

}  // namespace

Result<DiskRoom> disk_room(const std::filesystem::path& folder) {
  struct statvfs found {};
  if (::statvfs(folder.c_str(), &found) != 0)
    return Error{Errc::io, folder.string() + ": " + std::generic_category().message(errno)};
  return DiskRoom{std::uint64_t{found.f_bavail} * found.f_frsize,
                  std::uint64_t{found.f_blocks} * found.f_frsize};
}

std::optional<notifier::Health> DiskWatch::judge(DiskRoom room) {
  const auto low = low_mark(room.total);
  if (!low_ && room.free < low) {
    low_ = true;
    return notifier::Health{"disk_nearly_full", folder_.string(),
                            "the disk of " + folder_.string() +
                                " is nearly full: " + in_mebibytes(room.free) +
                                " are left; without room no poll can be stored, so make some, or "
                                "shorten storage.keep_items"};
  }
  if (low_ && room.free >= low + low / 2) {
    low_ = false;
    return notifier::Health{
        "disk_recovered", folder_.string(),
        "the disk of " + folder_.string() + " has room again: " + in_mebibytes(room.free)};
  }
  return std::nullopt;
}

asio::awaitable<void> watch_disk(std::filesystem::path folder,
                                 notifier::DeliveryService& delivery) {
  DiskWatch watch(folder);
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  for (;;) {
    if (const auto room = disk_room(folder); !room) {
      log::warn("daemon", "cannot look at the disk", {{"error", room.error().message}});
    } else if (auto health = watch.judge(*room)) {
      log::warn("daemon", health->text, {{"kind", health->kind}});
      auto telling = delivery.tell(std::move(*health));
      co_await std::move(telling);
    }
    timer.expires_after(kBetweenLooks);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
  }
}

}  // namespace tocsin::daemon
