// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace tocsin::fetcher {

/// Whether `url` names a file of this machine. Any thread: pure.
bool is_file_url(std::string_view url) noexcept;

/// Reads the file that `url` ("file:///path" or "file://localhost/path", percent-encoded) names, as
/// a server would send it: 200 with the body and a Last-Modified that holds the time of its last
/// change and its size, or 304 when that is `last_modified`. Whether a feed may read files is for
/// the caller to decide.
///
/// Reads on the calling thread, so it is for files of this machine's disks. Errors: not_found,
/// denied (no right to read, or not a regular file), too_large (above `max_body` bytes), malformed
/// (no such URL), io.
Result<net::Response> read_file_url(const std::string& url, std::string_view last_modified,
                                    std::size_t max_body);

}  // namespace tocsin::fetcher
