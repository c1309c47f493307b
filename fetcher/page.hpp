// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "fetcher/feed_spec.hpp"
#include "model/item.hpp"
#include "net/http.hpp"

/// The pages that items link to. Any thread: everything here is pure.
namespace tocsin::fetcher {

/// A web page as it came: complete, status 200, HTML by its header.
struct Page {
  std::string body;
  std::string content_type;
  std::string final_url;
  std::shared_ptr<void> room;  ///< of a large body: see net::Response
};

/// What one attempt to fetch a page brought: exactly one of a page and an error.
struct PageAnswer {
  std::optional<Page> page;
  std::optional<Error> error;
  bool again = false;    ///< on `error`: whether a later attempt may bring it
  milliseconds wait{0};  ///< then at least so long before it, as the server asks (Retry-After)
};

/// The address of the article that `item` links to; "" where it is no http or https address.
std::string page_of(const Item& item);

/// Asks for the page `url` that an item of `feed` links to. The feed's credentials and headers are
/// not for it, since the feed chose the address; and it may be a private one only where
/// `options` allow all of them, or where it is on the feed's own server and the feed may be. It may
/// have 4 MiB, and no more than `options` allow; of what is no HTML by its header nothing is read.
net::Request page_request(const FeedSpec& feed, const FetchOptions& options, std::string url);

/// What `response` to a request for `url` means. A page behind a login or a payment (401, 402, 403,
/// 451), one that is gone, what is no HTML, and the front page in place of an article are not asked
/// for again; 408, 425, 429 and 5xx are.
PageAnswer judge_page(const std::string& url, net::Response response, Timestamp now);

/// What a request that got no answer means: a refused address and a page that is too large are not
/// asked for again.
PageAnswer judge_failure(Error error);

}  // namespace tocsin::fetcher
