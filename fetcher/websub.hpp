// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace tocsin::fetcher {

/// What a hub's request to our callback is answered with, and what it brought.
struct WebSubReply {
  int status = 404;
  std::string body;  ///< text/plain
  /// A feed document that the hub pushed and that proved genuine; else all empty.
  std::string feed, document, content_type;
};

/// A request for a hub: a subscription or its renewal.
struct HubRequest {
  std::string feed;
  net::Request request;
};

/// Whether `signature`, the value of X-Hub-Signature ("sha256=<hex>"; sha1, sha256, sha384 or
/// sha512), is that of `body` under `secret`. Any thread: pure.
bool signature_holds(std::string_view signature, std::string_view body, std::string_view secret);

/// The subscriber's side of WebSub (W3C Recommendation of 23 January 2018): instead of asking every
/// half hour, a feed that announces a hub is pushed by it within a second.
///
/// It does no I/O: `due` says which requests are to be sent to hubs, `handle` answers what hubs ask
/// of the callback address. Callback paths cannot be guessed and secrets never leave for another
/// hub: both derive from `key`, so that they are the same after a restart. Hubs are believed only
/// about topics that we asked for, and content only under its signature; anything else changes
/// nothing. Polling goes on, slowly, as a fallback. Loop thread only.
class WebSub {
 public:
  /// `callback` is the public address of this daemon, such as "https://desk.example/websub"; `key`
  /// some secret of this installation, at least 16 random bytes.
  WebSub(std::string callback, std::string key);

  /// `feed` announces `hub` (empty: none any more) for `topic`, its `self` address. A change leads
  /// to a new subscription; the old one is let expire.
  void announce(const std::string& feed, const std::string& hub, const std::string& topic);

  /// `feed` is no longer wanted: its pushes are refused from now on.
  void forget(const std::string& feed);

  /// Requests to send to hubs now: new subscriptions, and renewals of leases at two thirds of their
  /// time. Each is offered again after some minutes, ever later, until the hub has verified it. At
  /// most `most` at one time.
  std::vector<HubRequest> due(Timestamp now, std::size_t most = 16);

  /// Path of the callback address, with a slash at its end: all below it is for `handle`.
  [[nodiscard]] std::string path() const { return path_ + "/"; }

  /// When `due` may next have something; empty: not before an `announce`.
  [[nodiscard]] std::optional<Timestamp> next() const;

  /// Answers a request to the callback. `target` is path and query as they came. Verification of
  /// intent (GET) is confirmed only for what was asked; a POST with a good signature brings a
  /// document. A POST with a bad one is answered 202 and dropped, as the recommendation says.
  WebSubReply handle(std::string_view method, std::string_view target, const net::Headers& headers,
                     std::string_view body, Timestamp now);

  /// True while a hub pushes `feed`: it may then be polled at a slow rate.
  [[nodiscard]] bool is_pushed(const std::string& feed, Timestamp now) const;

 private:
  struct Subscription {
    std::string hub, topic, secret;
    bool verified = false;
    Timestamp lease_ends{};      // when verified
    Timestamp next_try{};        // epoch: at once
    std::uint32_t attempts = 0;  // since it was last verified
  };

  [[nodiscard]] std::string token_of(const std::string& feed) const;
  [[nodiscard]] net::Request request_for(const std::string& token, const Subscription& what) const;
  static WebSubReply confirm(Subscription& subscription, std::string_view query, Timestamp now);

  std::string callback_, path_, key_;
  std::map<std::string, std::string, std::less<>> tokens_;          // by feed
  std::map<std::string, std::string, std::less<>> feeds_;           // by token
  std::map<std::string, Subscription, std::less<>> subscriptions_;  // by token
};

}  // namespace tocsin::fetcher
