// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "net/http.hpp"

namespace tocsin::app {

/// Sends one request on a loop of its own and waits for the answer. Errors: those of
/// net::HttpClient::send.
Result<net::Response> http_once(net::Request request);

}  // namespace tocsin::app
