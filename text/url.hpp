// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::text {

/// `reference` seen from `base` (RFC 3986, section 5), as an absolute URL. Blanks around it are
/// cut, characters that no URL may hold are percent-encoded. Where `base` is empty or no URL, or
/// the reference cannot be read, it comes back as it was, trimmed. Any thread: pure.
std::string resolve_url(std::string_view base, std::string_view reference);

/// True for a plain web address that `resolve_url` gives back as it is, whatever the base. False
/// says nothing. Any thread: pure.
bool is_resolved_url(std::string_view url);

/// Scheme and host of a plain web address ("https://news.example"), to put before a plain path;
/// "" where `url` is not as plain as that. Any thread: pure.
std::string_view plain_root(std::string_view url);

/// True for a path, with or without a query, that resolving gives back as it is: no dot segments,
/// and no character that has to be written otherwise. Any thread: pure.
bool is_plain_path(std::string_view path);

/// A form in which two spellings of one address agree: without scheme, "www.", port 80 or 443,
/// user, fragment, tracking parameters (utm_*, fbclid, gclid, ...) and a final slash; host in lower
/// case. For comparing, not for fetching. Any thread: pure.
std::string canonical_url(std::string_view url);

}  // namespace tocsin::text
