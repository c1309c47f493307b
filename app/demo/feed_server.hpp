// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "app/demo/stories.hpp"
#include "base/clock.hpp"

namespace tocsin::demo {

/// A web server on loopback with three feeds, one RSS 2.0 ("/agency.rss"), one Atom 1.0
/// ("/world.atom") and one JSON Feed 1.1 ("/notes.json"), into which stories are put while it runs.
///
/// It answers conditional requests with 304, as good servers do. All of it belongs to the thread
/// that runs `loop`; the constructor listens on a free port, and accepts until it is destroyed.
class FeedServer {
 public:
  FeedServer(boost::asio::any_io_executor loop, const Clock& clock);
  ~FeedServer();
  FeedServer(const FeedServer&) = delete;
  FeedServer& operator=(const FeedServer&) = delete;

  /// Adds `story` to its feed, published now. `edition` tells later runs of the same story apart.
  void publish(const Story& story, int edition);

  [[nodiscard]] std::string base_url() const;  ///< "http://127.0.0.1:PORT"
  [[nodiscard]] std::uint64_t requests() const noexcept;
  [[nodiscard]] std::uint64_t not_modified() const noexcept;  ///< of them answered with 304

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::demo
