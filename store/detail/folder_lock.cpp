// SPDX-License-Identifier: MIT
#include "store/detail/folder_lock.hpp"

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::store::detail {
namespace {

Error last_error(const std::filesystem::path& path) {
  const int why = errno;
  const bool denied = why == EACCES || why == EPERM || why == EROFS;
  return Error{denied ? Errc::denied : Errc::io, std::generic_category().message(why)}.context(
      path.native());
}

/// The process id that the holder wrote, for the message only.
std::string holder(int fd) {
  std::array<char, 16> text{};
  const auto size = ::pread(fd, text.data(), text.size() - 1, 0);
  std::string pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!pid.empty() && (pid.back() < '0' || pid.back() > '9')) pid.pop_back();
  return pid.empty() ? "" : " (process " + pid + ")";
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::is_directory(folder, failed)) return {};
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), failed);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return last_error(folder);
  return {};
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  if (auto made = make_folder(folder); !made) return std::move(made).error();
  const auto file = folder / "tocsin.lock";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return last_error(file);
  FolderLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return last_error(file);
    return Error{Errc::denied, "another tocsin" + holder(fd) + " already runs on this folder"}
        .context(folder.native());
  }
  const auto pid = std::to_string(::getpid()) + "\n";
  // The id only serves the message above, so a full disk is no reason to refuse here.
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.data(), pid.size(), 0) < 0) return lock;
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace tocsin::store::detail
