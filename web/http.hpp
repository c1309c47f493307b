// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace tocsin::web {

/// Header lines in order of arrival.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request that arrived whole and within the limits.
struct Request {
  std::string method;  ///< upper case: "GET"
  std::string path;    ///< begins with "/"; neither decoded nor normalised
  std::string query;   ///< behind the "?", without it; not decoded
  Headers headers;     ///< names in lower case
  std::string body;
};

/// What a handler answers. The server adds length, `nosniff`, `no-store` and the like.
struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  Headers headers;  ///< beside the above; values must not hold CR or LF
  std::string body;
};

/// Answers one kind of request, on the loop thread. It must not wait for long: the server drops the
/// connection when an answer takes over 30 s. What it captures must outlive the loop.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

/// The first value of header `name` (lower case), or "".
inline std::string_view header(const Request& request, std::string_view name) noexcept {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

}  // namespace tocsin::web
