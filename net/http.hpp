// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What a sender waits for. An answer that is no 2xx says all by its status: then as for `head`.
enum class Until : std::uint8_t {
  body,  ///< the whole body: a cut one is an error
  head,  ///< status and headers; a 2xx counts however its body ends, and is waited for a second
};

/// One HTTP request, complete: the client adds nothing of its own but Host, Accept-Encoding and,
/// for a body, Content-Length. No cookies, no Referer.
struct Request {
  std::string method = "GET";
  std::string url;  ///< http or https
  Headers headers;
  std::string body;
  std::string username, password;  ///< basic authentication; both empty: none
  std::string proxy;           ///< http://, socks5h://...; empty: none (never the environment's)
  std::string ca_file;         ///< PEM bundle to trust instead of the system's; empty: system
  std::string pinned_key;      ///< curl's "sha256//..." form; empty: none
  bool allow_private = false;  ///< may connect to private and loopback addresses
  /// Followed by the client. Credentials and all headers but the harmless ones stay with the first
  /// origin.
  std::size_t max_redirects = 0;
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{
      60'000};                            ///< from the first name to the last byte of the last hop
  std::size_t max_body = 8U << 20U;       ///< bytes after decompression; more is Errc::too_large
  std::size_t max_headers = 256U << 10U;  ///< bytes of all header lines
  Until until = Until::body;
  /// Asked once the head of a 2xx is there, whose headers are as in `Response`: false ends the
  /// exchange, and the response is not `complete` and has no body. Null: every body is wanted.
  bool (*wants_body)(const Headers&) = nullptr;
};

/// One hop of a redirect chain.
struct Redirect {
  int status = 0;
  std::string target;  ///< absolute
};

/// A response that arrived whole. Any status, 304 and 500 too, is a Response.
struct Response {
  int status = 0;
  Headers headers;  ///< names in lower case, in order of arrival; of the last hop
  std::string body;
  std::string final_url;            ///< after redirects
  std::vector<Redirect> redirects;  ///< hops that were followed, first first
  bool complete = true;             ///< false: nothing hung on the body, and it did not end
  bool body_unterminated = false;   ///< neither length nor chunking said where the body ends
  std::size_t wire_bytes = 0;       ///< header and body bytes as they came
  /// Keeps the room in memory that a large body takes: hold it for as long as the body, or what was
  /// read from it, is there; other large bodies wait for it. May be let go of on any thread.
  std::shared_ptr<void> room;
};

/// The first value of header `name` (lower case), or "".
std::string_view header(const Headers& headers, std::string_view name) noexcept;

}  // namespace tocsin::net
