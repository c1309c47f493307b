// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "fetcher/feed_spec.hpp"
#include "fetcher/rhythm.hpp"
#include "model/feed_state.hpp"
#include "model/item.hpp"
#include "net/http_client.hpp"

namespace tocsin::fetcher {

/// What a server knows a document by, and what we know it by.
struct Validators {
  std::string etag, last_modified;  ///< may be empty
  std::uint64_t hash = 0;           ///< of the body
};

/// A feed document as it came: complete, status 200.
struct Document {
  std::string body;
  std::string content_type;
  std::string final_url;
  Validators validators;
  std::string hub, topic;      ///< of the answer's Link header (WebSub); "" where it has none
  bool pushed = false;         ///< by a hub; perhaps a part only
  std::shared_ptr<void> room;  ///< of a large body: see net::Response
};

/// What one poll brought. Exactly one of three: a document, an error, or neither (unchanged).
struct Polled {
  std::optional<Document> document;  ///< new content, to be parsed
  std::optional<Error> error;        ///< why there is none
  FeedState state;  ///< to store: on `document` only after `settle` was told how parsing went
  std::size_t wire_bytes = 0;
};

/// What parsing a document taught about the feed.
struct Lesson {
  bool parsed = false;     ///< false: all stays as it was, back off
  std::string error;       ///< when not parsed: why
  bool truncated = false;  ///< items are good, but keep no validator
  bool pushed = false;     ///< what it does not say is as it was; where it is no feed, all is
  Validators validators;   ///< of the document
  std::uint32_t new_items = 0;
  std::optional<std::chrono::seconds> gap;  ///< usual gap by the items' dates (`usual_gap`)
  FeedWish wish;
  std::string hub, topic;  ///< the first WebSub hub that the feed names, and its own address there
};

/// Polls one feed politely: conditional requests, redirects, backoff, Retry-After.
///
/// Loop thread only. `http` and `clock` must outlive it. Holds no state of a feed: that goes in and
/// out as FeedState, so any instance can do any poll.
class Fetcher {
 public:
  Fetcher(net::HttpClient& http, const Clock& clock, FetchOptions options);

  /// Polls that start from now on go by `options`.
  void set_options(FetchOptions options) { options_ = std::move(options); }

  /// Polls `feed` (not null) once from `state`. Never fails as such: an error is part of the
  /// answer, and the returned state then says when to try again.
  boost::asio::awaitable<Polled> poll(std::shared_ptr<const FeedSpec> feed, FeedState state);

  /// Completes the state of a poll that brought a document, once it was parsed: takes its
  /// validators or not, and sets the next poll. Pure but for the clock.
  [[nodiscard]] FeedState settle(const FeedSpec& feed, FeedState state, const Lesson& lesson) const;

 private:
  net::HttpClient& http_;
  const Clock& clock_;
  FetchOptions options_;
};

}  // namespace tocsin::fetcher
