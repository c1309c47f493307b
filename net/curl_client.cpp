// SPDX-License-Identifier: MIT
#include "net/curl_client.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include <arpa/inet.h>

#include "base/redact.hpp"
#include "net/detail/ascii.hpp"
#include "net/detail/body_room.hpp"
#include "net/detail/curl_multi.hpp"
#include "net/detail/resolver.hpp"
#include "net/detail/transfer.hpp"
#include "net/origin.hpp"

namespace tocsin::net {
namespace {

using detail::CurlText;
using detail::same_name;
using detail::Url;
using std::chrono::milliseconds;

std::string part(const Url& url, CURLUPart which, unsigned flags = CURLU_DEFAULT_PORT) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  return CurlText(text).get();
}

/// `location` as seen from `base`; empty when it is no http or https address.
std::string follow(const std::string& base, const std::string& location) {
  const Url url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK) return {};
  if (curl_url_set(url.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return {};
  const auto scheme = part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return {};
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  char* text = nullptr;
  if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return {};
  return CurlText(text).get();
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Takes out what is meant for the first origin alone. A header that a user configured may hold a
/// key under any name, so only those pass that never do.
void drop_credentials(Request& request) {
  static constexpr std::array<std::string_view, 7> kHarmless = {
      "accept",        "accept-language",   "cache-control", "content-type",
      "if-none-match", "if-modified-since", "user-agent"};
  request.username.clear();
  request.password.clear();
  std::erase_if(request.headers, [](const auto& given) {
    return std::none_of(kHarmless.begin(), kHarmless.end(),
                        [&](std::string_view name) { return same_name(given.first, name); });
  });
}

/// What stands in the URL is sent like what stands beside it, and is named nowhere from here on.
void take_credentials_of_url(Request& request) {
  auto found = take_credentials(request.url);
  if (!request.username.empty() || !request.password.empty()) return;
  request.username = std::move(found.username);
  request.password = std::move(found.password);
}

/// The name that must be looked up before a connection can be made for `request`; empty where the
/// URL holds an address or names this machine, or where a proxy does the rest.
std::string name_to_resolve(const Request& request) {
  if (!request.proxy.empty()) return {};
  const Url url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(), 0) != CURLUE_OK) return {};
  // By here libcurl has turned "0x7f.1" and its like into plain addresses.
  auto host = detail::lower(part(url, CURLUPART_HOST, CURLU_PUNYCODE));
  in_addr v4{};
  const bool local = host == "localhost" || host.ends_with(".localhost");
  if (local || host.starts_with('[') || ::inet_pton(AF_INET, host.c_str(), &v4) == 1) return {};
  return host;
}

/// Scheme, host and port of `url` as they are written.
std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  return url.substr(0, std::min(url.find_first_of("/?#", begin), url.size()));
}

/// Rounded up: zero means "no limit" to libcurl.
milliseconds time_left(std::chrono::steady_clock::time_point deadline) {
  return std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
}

/// One initialisation of libcurl for the whole process, before any thread uses it.
void start_libcurl() {
  static const auto once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) noexcept {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& h) { return same_name(h.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

struct CurlClient::Parts {
  Parts(const boost::asio::any_io_executor& loop, std::string name_servers)
      : room(loop), multi(loop), resolver(loop, std::move(name_servers)) {}
  /// A handle that served `host` before, else a new one, else the one that rests the longest.
  detail::Easy take_handle(std::string_view host) {
    auto found =
        std::find_if(idle.rbegin(), idle.rend(), [&](const Idle& one) { return one.host == host; });
    if (found == idle.rend() && idle.size() < kMostIdle) return detail::Easy(curl_easy_init());
    const auto taken = found == idle.rend() ? idle.begin() : std::prev(found.base());
    auto handle = std::move(taken->handle);
    idle.erase(taken);
    return handle;
  }
  detail::BodyRoom room;
  detail::CurlMulti multi;
  detail::Transfer::Space space{room, multi};
  detail::Resolver resolver;
  /// libcurl keeps TLS sessions with the handle: the next connection to the same host then needs
  /// no full handshake, whose certificates cost more than all the rest.
  struct Idle {
    std::string host;
    detail::Easy handle;
  };
  static constexpr std::size_t kMostIdle = 512;
  std::vector<Idle> idle;  // the one that was used last at the end
};

CurlClient::CurlClient(boost::asio::any_io_executor loop, std::string name_servers) {
  start_libcurl();
  parts_ = std::make_unique<Parts>(loop, std::move(name_servers));
}

CurlClient::~CurlClient() = default;

boost::asio::awaitable<CurlClient::Attempt> CurlClient::attempt(const Request& request,
                                                                std::string address) {
  using Outcome = detail::CurlMulti::Outcome;
  const auto host = host_of(request.url);
  detail::Transfer transfer(request, parts_->take_handle(host), address, parts_->space);
  const auto end = co_await parts_->multi.perform(transfer.easy());
  Attempt made;
  if (end.outcome == Outcome::refused) {
    made.response = Error{Errc::io, "libcurl refused the transfer"};
  } else if (end.outcome == Outcome::cancelled) {
    made.response = Error{Errc::cancelled, "the request was cancelled"};
  } else if (end.code == CURLE_OK || transfer.head_is_enough()) {
    made.response = transfer.take_response();
    if (made.response) made.response->complete = end.code == CURLE_OK;
  } else {
    made.response = transfer.describe(end.code);
    made.unreached = transfer.unreached(end.code);
  }
  if (end.outcome == Outcome::done && parts_->idle.size() < Parts::kMostIdle)
    parts_->idle.push_back({std::string(host), transfer.release()});
  co_return made;
}

boost::asio::awaitable<Result<Response>> CurlClient::send_one(Request& request) {
  const auto name = name_to_resolve(request);
  if (name.empty()) {
    auto only = co_await attempt(request, std::string());
    co_return std::move(only.response);
  }
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  const auto limit = std::min(request.connect_timeout, request.timeout);
  const auto addresses = co_await parts_->resolver.resolve(name, limit);
  if (!addresses) co_return addresses.error();
  // Two addresses are tried: one host in two families may be reachable by one of them only.
  const bool choice = addresses->size() > 1;
  const auto connect_timeout = request.connect_timeout;
  if (choice) request.connect_timeout /= 2;
  request.timeout = time_left(deadline);
  auto made = co_await attempt(request, addresses->front());
  request.connect_timeout = connect_timeout;
  if (!made.unreached) co_return std::move(made.response);
  parts_->resolver.demote(name, addresses->front());
  request.timeout = time_left(deadline);
  if (!choice || request.timeout <= milliseconds{0}) co_return std::move(made.response);
  auto second = co_await attempt(request, addresses->at(1));
  co_return std::move(second.response);
}

boost::asio::awaitable<Result<Response>> CurlClient::send(Request request) {
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  take_credentials_of_url(request);
  std::string first_origin;  // not needed without a redirect
  std::vector<Redirect> redirects;
  std::size_t wire_bytes = 0;
  for (;;) {
    auto response = co_await send_one(request);
    if (!response) co_return std::move(response).error().context(redact(request.url));
    wire_bytes += response->wire_bytes;
    const std::string location(header(response->headers, "location"));
    const bool final =
        !is_redirect(response->status) || location.empty() || request.max_redirects == 0;
    if (final) {
      response->redirects = std::move(redirects);
      response->wire_bytes = wire_bytes;
      co_return response;
    }
    if (redirects.size() == request.max_redirects)
      co_return Error{Errc::unavailable, redact(request.url) + ": more than " +
                                             std::to_string(request.max_redirects) + " redirects"};
    auto target = follow(request.url, location);
    if (target.empty())
      co_return Error{Errc::denied, redact(request.url) + ": redirected to " + redact(location) +
                                        ", which is not http or https"};
    static_cast<void>(take_credentials(target));  // a server's to give, not ours to use
    if (first_origin.empty()) first_origin = origin(request.url);
    if (origin(target) != first_origin) drop_credentials(request);
    // The limit is for the chain, not for each hop.
    request.timeout = time_left(deadline);
    if (request.timeout <= milliseconds{0})
      co_return Error{Errc::timeout, redact(request.url) + ": redirected for too long"};
    redirects.push_back(Redirect{response->status, target});
    request.url = std::move(target);
  }
}

}  // namespace tocsin::net
