// SPDX-License-Identifier: MIT
#include "notifier/detail/durable_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::notifier::detail {
namespace {

/// A file descriptor that closes itself.
class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool ok() const noexcept { return fd_ >= 0; }

 private:
  int fd_;
};

Error failed(const std::string& path, int why) {
  const auto code = why == EACCES || why == EPERM || why == EROFS ? Errc::denied
                    : why == ENOENT                               ? Errc::not_found
                                                                  : Errc::io;
  return {code, path + ": " + std::generic_category().message(why)};
}

Result<void> write_all(const File& file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

/// Makes the entry of `path` in its folder lasting.
Result<void> sync_folder(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const File opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened.ok()) return failed(folder, errno);
  if (::fsync(opened.get()) != 0) return failed(folder, errno);
  return {};
}

}  // namespace

Result<void> append_line(const std::string& path, std::string_view line) {
  const File file(path, O_RDWR | O_APPEND | O_CREAT);
  if (!file.ok()) return failed(path, errno);
  const auto size = ::lseek(file.get(), 0, SEEK_END);
  char last = '\n';
  if (size > 0 && ::pread(file.get(), &last, 1, size - 1) != 1) return failed(path, errno);
  std::string bytes = last == '\n' ? "" : "\n";
  bytes.append(line).append("\n");
  if (auto written = write_all(file, path, bytes); !written) return written;
  if (::fsync(file.get()) != 0) return failed(path, errno);
  return size == 0 ? sync_folder(path) : Result<void>();
}

Result<void> replace_file(const std::string& path, std::string_view text) {
  const auto draft = path + ".new";
  {
    const File file(draft, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.ok()) return failed(draft, errno);
    if (auto written = write_all(file, draft, text); !written) return written;
    if (::fsync(file.get()) != 0) return failed(draft, errno);
  }
  if (std::rename(draft.c_str(), path.c_str()) != 0) return failed(path, errno);
  return sync_folder(path);
}

Result<std::string> read_file(const std::string& path) {
  const File file(path, O_RDONLY);
  if (!file.ok() && errno == ENOENT) return std::string();
  if (!file.ok()) return failed(path, errno);
  std::string out;
  std::array<char, 16'384> block{};
  while (true) {
    const auto n = ::read(file.get(), block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path, errno);
    if (n == 0) return out;
    out.append(block.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace tocsin::notifier::detail
