// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace tocsin::net {

/// Scheme, host and port of `url`, such as "https://news.example:443": what credentials are meant
/// for (RFC 6454). Scheme and host are in lower case, and a port that is not written is the
/// scheme's. Empty when `url` is no address. Any thread: pure.
std::string origin(const std::string& url);

}  // namespace tocsin::net
