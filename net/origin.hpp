// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace tocsin::net {

/// Scheme, host and port of `url`, such as "https://news.example:443": what credentials are meant
/// for (RFC 6454). Scheme and host are in lower case, and a port that is not written is the
/// scheme's. Empty when `url` is no address. Any thread: pure.
std::string origin(const std::string& url);

/// A user name and password, decoded; both empty: none.
struct Credentials {
  std::string username, password;
};

/// Takes the user name and password out of `url` ("https://bot:pw@news.example/"), which is not
/// changed when it holds none. Any thread: pure.
Credentials take_credentials(std::string& url);

}  // namespace tocsin::net
