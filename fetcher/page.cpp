// SPDX-License-Identifier: MIT
#include "fetcher/page.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/redact.hpp"
#include "fetcher/timing.hpp"
#include "net/origin.hpp"
#include "text/url.hpp"

namespace tocsin::fetcher {
namespace {

constexpr std::size_t kMaxRedirects = 5;
// Articles come in less, and the tree of a page takes many times its bytes.
constexpr std::size_t kMaxPage = 4U << 20U;
constexpr std::size_t kLongestType = 100;  // as messages name it
constexpr std::string_view kAccept = "text/html, application/xhtml+xml, */*;q=0.1";

bool starts_with_folded(std::string_view text, std::string_view wanted) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return text.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), text.begin(),
                                                    [&](char w, char c) { return w == lower(c); });
}

bool is_web_address(std::string_view url) {
  return starts_with_folded(url, "http://") || starts_with_folded(url, "https://");
}

/// A server that says nothing of the type may well send a page.
bool is_html(std::string_view content_type) {
  return content_type.empty() || starts_with_folded(content_type, "text/html") ||
         starts_with_folded(content_type, "application/xhtml+xml");
}

bool is_front_page(const std::string& url) {
  return text::canonical_url(url).find('/') == std::string::npos;
}

bool may_pass(int status) {
  constexpr std::array kForNow = {408, 425, 429};
  return status >= 500 || std::find(kForNow.begin(), kForNow.end(), status) != kForNow.end();
}

Error status_error(int status) {
  constexpr std::array kRefused = {401, 402, 403, 451};
  const bool refused = std::find(kRefused.begin(), kRefused.end(), status) != kRefused.end();
  const auto code = refused                          ? Errc::denied
                    : status == 404 || status == 410 ? Errc::not_found
                    : may_pass(status)               ? Errc::unavailable
                                                     : Errc::malformed;
  return {code, "HTTP " + std::to_string(status)};
}

PageAnswer refusal(Errc code, std::string message) {
  PageAnswer out;
  out.error = Error{code, std::move(message)};
  return out;
}

}  // namespace

std::string page_of(const Item& item) {
  for (const auto& url : {item.url, item.external_url})
    if (is_web_address(url)) return url;
  return {};
}

net::Request page_request(const FeedSpec& feed, const FetchOptions& options, std::string url) {
  net::Request request;
  static_cast<void>(net::take_credentials(url));
  request.url = std::move(url);
  request.headers = {{"User-Agent", options.user_agent}, {"Accept", std::string(kAccept)}};
  request.proxy = feed.proxy.empty() ? options.proxy : feed.proxy;
  const bool at_home = net::origin(request.url) == net::origin(feed.url);
  if (at_home) request.ca_file = feed.ca_file;
  if (at_home) request.pinned_key = feed.pinned_key;
  request.allow_private = options.allow_private || (at_home && feed.allow_private);
  request.max_redirects = kMaxRedirects;
  request.max_body = std::min(options.max_body, kMaxPage);
  request.wants_body = [](const net::Headers& headers) {
    return is_html(net::header(headers, "content-type"));
  };
  request.timeout = options.timeout;
  return request;
}

PageAnswer judge_page(const std::string& url, net::Response response, Timestamp now) {
  if (response.status != 200) {
    PageAnswer out;
    out.error = status_error(response.status);
    out.again = may_pass(response.status);
    out.wait = retry_after(response.headers, now).value_or(milliseconds{0});
    return out;
  }
  const auto type = net::header(response.headers, "content-type");
  if (!is_html(type))
    return refusal(Errc::unsupported, "no HTML, but " + scrub(type, kLongestType));
  if (is_front_page(response.final_url) && !is_front_page(url))
    return refusal(Errc::not_found, "the server sent its front page");
  PageAnswer out;
  out.page = Page{std::move(response.body), std::string(type), std::move(response.final_url),
                  std::move(response.room)};
  return out;
}

PageAnswer judge_failure(Error error) {
  PageAnswer out;
  out.again = error.code != Errc::denied && error.code != Errc::too_large;
  out.error = std::move(error);
  return out;
}

}  // namespace tocsin::fetcher
