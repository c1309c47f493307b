// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "notifier/delivery.hpp"
#include "notifier/router.hpp"

namespace tocsin::daemon {

/// Room on the disk that holds the state folder, in bytes, as an ordinary user may use it.
struct DiskRoom {
  std::uint64_t free = 0;
  std::uint64_t total = 0;
};

/// Asks the file system. Errors: io.
Result<DiskRoom> disk_room(const std::filesystem::path& folder);

/// Says once that the disk is nearly full, and once that it no longer is: polls stop being stored
/// when it is full, so somebody should know before. Loop thread only.
class DiskWatch {
 public:
  explicit DiskWatch(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Less than 256 MiB, or than 2% of a disk that is smaller than 12.5 GiB, is nearly full; half as
  /// much again is enough. Nothing where nothing changed.
  std::optional<notifier::Health> judge(DiskRoom room);

 private:
  std::filesystem::path folder_;
  bool low_ = false;
};

/// Looks at the disk of `folder` once a minute and tells `delivery`, which must outlive it, what a
/// `DiskWatch` says; until cancelled. Loop thread only.
boost::asio::awaitable<void> watch_disk(std::filesystem::path folder,
                                        notifier::DeliveryService& delivery);

}  // namespace tocsin::daemon
