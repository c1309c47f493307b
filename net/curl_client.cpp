// SPDX-License-Identifier: MIT
#include "net/curl_client.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "net/detail/curl_multi.hpp"
#include "net/detail/transfer.hpp"

namespace tocsin::net {
namespace {

using detail::CurlText;
using detail::Url;

std::string part(const Url& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  return CurlText(text).get();
}

/// Scheme, host and port: what credentials are meant for.
std::string origin(const std::string& address) {
  const Url url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
      CURLUE_OK)
    return {};
  return part(url, CURLUPART_SCHEME) + "://" + part(url, CURLUPART_HOST) + ":" +
         part(url, CURLUPART_PORT);
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

void drop_credentials(Request& request) {
  request.username.clear();
  request.password.clear();
  std::erase_if(request.headers, [](const auto& h) {
    std::string name = h.first;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name == "authorization" || name == "cookie" || name == "proxy-authorization";
  });
}

/// One initialisation of libcurl for the whole process, before any thread uses it.
void start_libcurl() {
  static const auto once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) noexcept {
  const auto same = [name](std::string_view other) {
    return std::equal(name.begin(), name.end(), other.begin(), other.end(), [](char a, char b) {
      const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
      return low(a) == low(b);
    });
  };
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return same(h.first); });
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
    redirects.push_back(Redirect{response->status, target});
    request.url = std::move(target);
  }
}

}  // namespace tocsin::net
