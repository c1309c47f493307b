// SPDX-License-Identifier: MIT
#include "net/curl_client.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "net/detail/ascii.hpp"
#include "net/detail/curl_multi.hpp"
#include "net/detail/transfer.hpp"
#include "net/origin.hpp"

namespace tocsin::net {
namespace {

using detail::CurlText;
using detail::same_name;
using detail::Url;

std::string part(const Url& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
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
  explicit Parts(boost::asio::any_io_executor loop) : multi(std::move(loop)) {}
  detail::CurlMulti multi;
};

CurlClient::CurlClient(boost::asio::any_io_executor loop) {
  start_libcurl();
  parts_ = std::make_unique<Parts>(std::move(loop));
}

CurlClient::~CurlClient() = default;

boost::asio::awaitable<Result<Response>> CurlClient::send_one(Request request) {
  using Outcome = detail::CurlMulti::Outcome;
  detail::Transfer transfer(request);
  const auto end = co_await parts_->multi.perform(transfer.easy());
  if (end.outcome == Outcome::refused) co_return Error{Errc::io, "libcurl refused the transfer"};
  if (end.outcome == Outcome::cancelled)
    co_return Error{Errc::cancelled, "the request was cancelled"};
  if (end.code != CURLE_OK) co_return transfer.describe(end.code).context(redact(request.url));
  co_return transfer.take_response();
}

boost::asio::awaitable<Result<Response>> CurlClient::send(Request request) {
  const auto first_origin = origin(request.url);
  if (first_origin.empty()) co_return Error{Errc::malformed, "not a URL: " + redact(request.url)};
  using std::chrono::milliseconds;
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  std::vector<Redirect> redirects;
  std::size_t wire_bytes = 0;
  for (;;) {
    auto response = co_await send_one(request);
    if (!response) co_return response;
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
    if (origin(target) != first_origin) drop_credentials(request);
    // The limit is for the chain, not for each hop. Rounded up: zero means "no limit" to libcurl.
    request.timeout = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (request.timeout <= milliseconds{0})
      co_return Error{Errc::timeout, redact(request.url) + ": redirected for too long"};
    redirects.push_back(Redirect{response->status, target});
    request.url = std::move(target);
  }
}

}  // namespace tocsin::net
