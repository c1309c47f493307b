// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <curl/curl.h>

#include "bench/farm_server.hpp"

namespace tocsin::bench {

/// A bare libcurl multi loop over a farm: fetches, inflates, counts and throws away. The limit that
/// a feed reader on libcurl can come near to.
class RawLoop {
 public:
  RawLoop(const Farm& farm, std::uint32_t feeds, std::uint32_t in_flight, std::uint32_t pass);
  ~RawLoop();
  RawLoop(const RawLoop&) = delete;
  RawLoop& operator=(const RawLoop&) = delete;

  /// Fetches every feed once. Ends the process when one of them fails.
  void run();

 private:
  struct Slot;
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);
  void start(Slot& slot);
  void collect();

  const Farm& farm_;
  std::uint32_t feeds_, in_flight_, pass_;
  std::uint32_t next_ = 0, done_ = 0;
  CURLM* multi_;
  int epoll_;
  long wait_ms_ = 0;
};

}  // namespace tocsin::bench
