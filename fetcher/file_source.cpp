// SPDX-License-Identifier: MIT
#include "fetcher/file_source.hpp"

#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::fetcher {
namespace {

constexpr std::string_view kScheme = "file:";

class Descriptor {
 public:
  // Not blocking, so that a pipe cannot hold us; no controlling terminal.
  explicit Descriptor(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
    out.push_back(static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2])));
    i += 2;
  }
  if (out.find('\0') != std::string::npos) return std::nullopt;
  return out;
}

std::optional<std::string> path_of(std::string_view url) {
  url.remove_prefix(kScheme.size());
  if (url.starts_with("//")) {
    url.remove_prefix(2);
    const auto slash = url.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto host = url.substr(0, slash);
    if (!host.empty() && host != "localhost") return std::nullopt;
    url.remove_prefix(slash);
  }
  if (!url.starts_with('/')) return std::nullopt;
  return percent_decoded(url.substr(0, url.find_first_of("?#")));
}

Error system_error(const std::string& path) {
  const auto code = errno == ENOENT                     ? Errc::not_found
                    : errno == EACCES || errno == EPERM ? Errc::denied
                                                        : Errc::io;
  return {code, path + ": " + std::generic_category().message(errno)};
}

/// Time and size of the last change: a validator as a server would make one.
std::string version_of(const struct stat& info) {
  return std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec) + "-" +
         std::to_string(info.st_size);
}

}  // namespace

bool is_file_url(std::string_view url) noexcept {
  return url.starts_with(kScheme);
}

Result<net::Response> read_file_url(const std::string& url, std::string_view last_modified,
                                    std::size_t max_body) {
  const auto path = is_file_url(url) ? path_of(url) : std::nullopt;
  if (!path) return Error{Errc::malformed, url + ": not a file of this machine"};
  const Descriptor file(*path);
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return system_error(*path);
  if (!S_ISREG(info.st_mode)) return Error{Errc::denied, *path + ": not a regular file"};
  net::Response response;
  response.final_url = url;
  response.headers.emplace_back("last-modified", version_of(info));
  response.status = last_modified == response.headers.front().second ? 304 : 200;
  if (response.status == 304) return response;
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size > max_body)
    return Error{Errc::too_large, *path + ": larger than " + std::to_string(max_body) + " bytes"};
  response.body.resize(size);
  for (std::size_t have = 0; have < size;) {
    const auto count = ::read(file.get(), response.body.data() + have, size - have);
    if (count < 0) return system_error(*path);
    if (count == 0) return Error{Errc::malformed, *path + ": the file shrank while it was read"};
    have += static_cast<std::size_t>(count);
  }
  return response;
}

}  // namespace tocsin::fetcher
