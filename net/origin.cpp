// SPDX-License-Identifier: MIT
#include "net/origin.hpp"

#include "net/detail/ascii.hpp"
#include "net/detail/curl_handles.hpp"

namespace tocsin::net {
namespace {

std::string part(const detail::Url& url, CURLUPart which, unsigned flags = CURLU_DEFAULT_PORT) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  return detail::CurlText(text).get();
}

}  // namespace

std::string origin(const std::string& url) {
  const detail::Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return {};
  return detail::lower(part(parsed, CURLUPART_SCHEME) + "://" + part(parsed, CURLUPART_HOST) + ":" +
                       part(parsed, CURLUPART_PORT));
}

Credentials take_credentials(std::string& url) {
  Credentials out;
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return out;
  const auto host = std::string_view(url).substr(scheme + 3);
  if (host.substr(0, host.find_first_of("/?#")).find('@') == std::string_view::npos) return out;
  const detail::Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return out;
  out.username = part(parsed, CURLUPART_USER, CURLU_URLDECODE);
  out.password = part(parsed, CURLUPART_PASSWORD, CURLU_URLDECODE);
  curl_url_set(parsed.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(parsed.get(), CURLUPART_PASSWORD, nullptr, 0);
  url = part(parsed, CURLUPART_URL, 0);
  return out;
}

}  // namespace tocsin::net
