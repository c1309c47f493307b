// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"

namespace tocsin::fetcher {

/// The target of the first Link header field (RFC 8288) of relation `rel`, in lower case, such as
/// "hub": absolute by `base`. "" where there is none. Any thread: pure.
std::string link_target(const net::Headers& headers, std::string_view rel, std::string_view base);

}  // namespace tocsin::fetcher
