// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "model/labels.hpp"
#include "net/http.hpp"

namespace tocsin::fetcher {

using std::chrono::milliseconds;

/// What to do with the items of a feed's very first poll.
enum class FirstFetch : std::uint8_t {
  silent,  ///< remember them, alert none
  recent,  ///< alert those younger than `first_fetch_age`
  all,     ///< alert all that match
};

/// One feed as configured, with nothing left to default.
struct FeedSpec {
  std::string name;  ///< unique; the identity in the store
  std::string url;
  Labels labels;
  std::optional<milliseconds> interval;  ///< fixed; empty: adaptive within FetchOptions' bounds
  net::Headers headers;
  std::string username, password;  ///< basic authentication
  std::string bearer_token;
  std::string proxy;  ///< empty: FetchOptions::proxy
  std::string ca_file, pinned_key;
  std::optional<milliseconds> silent_after;
  bool allow_private = false;  ///< or FetchOptions::allow_private
  bool allow_file = false;     ///< a file: URL is read
  FirstFetch first_fetch = FirstFetch::silent;
  milliseconds first_fetch_age{std::chrono::hours{24}};
};

/// What holds for all feeds: the `fetch:` block.
struct FetchOptions {
  std::string user_agent = "tocsin/0.1 (news-feed monitor)";
  milliseconds min_interval{std::chrono::minutes{10}};
  milliseconds default_interval{std::chrono::minutes{30}};
  milliseconds max_interval{std::chrono::hours{12}};
  std::uint32_t per_host_concurrency = 1;
  milliseconds per_host_spacing{std::chrono::seconds{5}};
  std::uint32_t max_in_flight = 256;
  std::string proxy;
  bool allow_private = false;
  std::size_t max_body = 8U << 20U;
  milliseconds timeout{std::chrono::seconds{60}};
  std::string websub_callback;  ///< our public address for hubs; empty: feeds are only polled
};

}  // namespace tocsin::fetcher
