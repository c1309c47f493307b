// SPDX-License-Identifier: MIT
#include "daemon/disk_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include <sys/statvfs.h>

namespace tocsin::daemon {
namespace {

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

}  // namespace tocsin::daemon
