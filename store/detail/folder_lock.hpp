// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.hpp"

namespace tocsin::store::detail {

/// The right to be the one daemon on a folder: an flock on `tocsin.lock` in it, which the kernel
/// takes back however the process ends.
class FolderLock {
 public:
  /// Makes `folder` (0700) when it is not there, and locks it.
  /// Errors: denied (another process holds it, named; no permission), io.
  static Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) noexcept : fd_(fd) {}
  int fd_;
};

}  // namespace tocsin::store::detail
