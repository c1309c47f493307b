// SPDX-License-Identifier: MIT
#include "net/origin.hpp"

#include "net/detail/ascii.hpp"
#include "net/detail/curl_handles.hpp"

namespace tocsin::net {
namespace {

std::string part(const detail::Url& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
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

}  // namespace tocsin::net
