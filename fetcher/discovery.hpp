// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::fetcher {

/// A feed that a page announces.
struct Announced {
  std::string url;    ///< absolute
  std::string title;  ///< as the page names it; may be empty
  std::string type;   ///< media type as the page gives it, in lower case; may be empty
};

/// The feeds that the HTML of `page` announces, best first: `<link rel="alternate">` with the media
/// type of a feed, in document order (comment feeds last), then ordinary links that look like one.
/// Addresses are made absolute by `url` or the page's `<base>`; each is named once; at most 50.
///
/// The page is somebody else's: nothing is fetched here. Time is linear in its size. Any thread:
/// pure.
std::vector<Announced> discover_feeds(std::string_view page, std::string_view url);

/// Addresses below the site of `url` at which feeds often lie, for a page that announces none.
std::vector<std::string> usual_feed_addresses(std::string_view url);

}  // namespace tocsin::fetcher
