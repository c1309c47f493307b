// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <curl/curl.h>

#include "bench/farm/server.hpp"

namespace tocsin::bench {

/// A bare libcurl multi loop over a farm: fetches, inflates and throws away. The limit that a feed
/// reader on libcurl can come near to.
class RawLoop {
 public:
  struct Options {
    std::uint32_t feeds = 0, in_flight = 64, pass = 0;
    bool parse = false;  ///< builds pugixml's tree of each body too
  };
  RawLoop(const Farm& farm, const Options& options);
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
  Options options_;
  std::uint32_t next_ = 0, done_ = 0;
  curl_slist* connect_to_;  // where every name of the farm lies; null: names are addresses
  CURLM* multi_;
  int epoll_;
  long wait_ms_ = 0;
};

}  // namespace tocsin::bench
