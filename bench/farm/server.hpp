// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tocsin::bench {

/// What the farm serves.
struct FarmOptions {
  std::uint32_t feeds = 10'000;
  std::uint32_t ports = 16;
  std::uint32_t gzip_percent = 30;    ///< of the feeds, whoever asks for it
  std::uint32_t changed_percent = 5;  ///< of the feeds, after each pass
  std::uint32_t stalled_percent = 0;  ///< of the feeds: they take the request and never answer
  std::uint32_t latency_ms = 0;       ///< before each answer
  bool fresh = false;                 ///< one request a connection
  bool tls = false;
  bool many_hosts = false;  ///< each feed has a host name of its own, which `name_server` knows
};

/// A loopback server of feeds in a process of its own: distinct addresses over some ports, bodies
/// of 27 to 60 KB, ETag and Last-Modified, keep-alive. A share of the feeds has something new in
/// each pass. For benchmarks: it answers GET alone and believes what it reads.
class Farm {
 public:
  explicit Farm(const FarmOptions& options);
  ~Farm();
  Farm(const Farm&) = delete;
  Farm& operator=(const Farm&) = delete;

  [[nodiscard]] std::string url(std::uint32_t feed) const;
  /// The ETag of `feed` in `pass` (the first is 0), as the server writes it.
  [[nodiscard]] std::string etag(std::uint32_t feed, std::uint32_t pass) const;
  [[nodiscard]] bool stalls(std::uint32_t feed) const;
  /// From now on the server serves this pass.
  void set_pass(std::uint32_t pass);

  /// "127.0.0.1:port" of a DNS server that says 127.0.0.1 to every name of the farm, and nothing to
  /// all others.
  [[nodiscard]] std::string name_server() const;
  /// The system's roots and the farm's own, in one file; empty without TLS.
  [[nodiscard]] const std::filesystem::path& roots() const noexcept { return roots_; }
  [[nodiscard]] const FarmOptions& options() const noexcept { return options_; }

 private:
  FarmOptions options_;
  std::vector<std::uint16_t> ports_;
  std::uint16_t dns_port_ = 0;
  std::filesystem::path roots_;
  std::uint32_t* pass_;  // in memory that both processes see
  std::vector<pid_t> servers_;
};

}  // namespace tocsin::bench
