// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "daemon/task_group.hpp"
#include "fetcher/feed_spec.hpp"
#include "fetcher/websub.hpp"
#include "model/feed_state.hpp"
#include "net/http_client.hpp"

namespace tocsin::daemon {

/// The secret of this installation that hubs are subscribed to with: read from `websub.key` in
/// `folder`, which is made with random content when it is not there. Errors: io, denied.
Result<std::string> subscription_key(const std::filesystem::path& folder);

/// Subscribes to the hubs that feeds announce (WebSub), keeps the subscriptions alive, and says
/// which feeds are pushed. Without a callback address in the options it does nothing.
///
/// Loop thread only. `http` and `clock` must outlive it. Time here is the steady clock's.
class Subscriptions {
 public:
  Subscriptions(net::HttpClient& http, const Clock& clock, boost::asio::any_io_executor loop,
                fetcher::FetchOptions options, std::string key);

  /// Takes over how hubs are asked (a reload). The callback address stays as it was at the start.
  void set_options(fetcher::FetchOptions options);

  /// `feed` was read, and `state` says which hub it names. `feed.name` is what it is known by.
  void announce(const fetcher::FeedSpec& feed, const FeedState& state);

  /// `feed` is no longer configured: its pushes are refused from now on.
  void forget(const std::string& feed);

  /// Whether a hub pushes `feed`, so that it may be polled seldom.
  [[nodiscard]] bool is_pushed(const std::string& feed) const;

  /// Sends requests to hubs as they fall due, until cancelled; then `stop` is to be awaited.
  boost::asio::awaitable<void> run();

  /// Cancels the requests under way; returns when they have ended, or after `limit` with false.
  boost::asio::awaitable<bool> stop(std::chrono::milliseconds limit);

  /// Answers a request to the callback address; see WebSub::handle.
  fetcher::WebSubReply handle(std::string_view method, std::string_view target,
                              const net::Headers& headers, std::string_view body);

  /// The path that `handle` is for, with a slash at its end; empty without a callback address.
  [[nodiscard]] std::string path() const;

 private:
  /// How the hub of a feed is reached: as the feed itself is.
  struct Way {
    std::string proxy;
    bool allow_private = false;
    bool failing = false;  // the last request failed, and that was logged
  };

  [[nodiscard]] Timestamp now() const;
  boost::asio::awaitable<void> ask(fetcher::HubRequest asked);

  net::HttpClient& http_;
  const Clock& clock_;
  fetcher::FetchOptions options_;
  fetcher::WebSub websub_;
  std::map<std::string, Way, std::less<>> ways_;  // by feed, of those that name a hub
  TaskGroup requests_;
  boost::asio::steady_timer wake_;  // cancelled when there may be something to send
};

}  // namespace tocsin::daemon
