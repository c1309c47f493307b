// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <curl/curl.h>

namespace tocsin::net::detail {

struct EasyDeleter {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct UrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

using Easy = std::unique_ptr<CURL, EasyDeleter>;
using Url = std::unique_ptr<CURLU, UrlDeleter>;
using CurlText = std::unique_ptr<char, TextDeleter>;

/// A list of header lines or recipients; libcurl reads it until the transfer ends.
class List {
 public:
  void add(const std::string& line) {
    if (auto* longer = curl_slist_append(list_.get(), line.c_str())) {
      static_cast<void>(list_.release());  // it is the head of the longer list now
      list_.reset(longer);
    }
  }
  [[nodiscard]] curl_slist* get() const noexcept { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, ListDeleter> list_;
};

/// The bundle of trusted roots that every transfer names. Debian's libcurl also sets a folder of
/// roots, and with one it reads the whole bundle again for each connection (22 ms of CPU), so the
/// folder is switched off where this is set.
inline constexpr const char* kSystemRoots = "/etc/ssl/certs/ca-certificates.crt";

}  // namespace tocsin::net::detail
