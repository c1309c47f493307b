// SPDX-License-Identifier: MIT
#include "fetcher/fetcher.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "fetcher/body_hash.hpp"
#include "fetcher/file_source.hpp"
#include "fetcher/link_header.hpp"
#include "fetcher/timing.hpp"
#include "net/origin.hpp"

namespace tocsin::fetcher {
namespace {

constexpr std::size_t kMaxRedirects = 5;
// A permanent redirect is learned only after it held for so many polls: captive portals and
// maintenance pages answer 301 too.
constexpr std::uint32_t kPollsToLearnMove = 5;
// A learned address that fails this often is forgotten again.
constexpr std::uint32_t kFailuresToForgetMove = 3;

// A longer validator is none: it would be sent with each poll, and servers refuse large headers.
constexpr std::size_t kLongestValidator = 4'096;

constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

net::Request make_request(const FeedSpec& feed, const FetchOptions& options,
                          const FeedState& state) {
  net::Request request;
  request.url = state.permanent_url.empty() ? feed.url : state.permanent_url;
  // A server chose that address: it gets what is the feed's own only where the feed's own server
  // would. The same rule holds for each redirect, in the client.
  const bool trusted =
      state.permanent_url.empty() || net::origin(request.url) == net::origin(feed.url);
  if (trusted) request.headers = feed.headers;
  const auto add = [&](std::string_view name, std::string value) {
    if (!value.empty() && net::header(request.headers, name).empty())
      request.headers.emplace_back(name, std::move(value));
  };
  add("User-Agent", options.user_agent);
  add("Accept", std::string(kAccept));
  add("If-None-Match", state.etag);
  add("If-Modified-Since", state.last_modified);
  if (trusted && !feed.bearer_token.empty()) add("Authorization", "Bearer " + feed.bearer_token);
  if (trusted) request.username = feed.username;
  if (trusted) request.password = feed.password;
  request.proxy = feed.proxy.empty() ? options.proxy : feed.proxy;
  request.ca_file = feed.ca_file;
  request.pinned_key = feed.pinned_key;
  request.allow_private = feed.allow_private || options.allow_private;
  request.max_redirects = kMaxRedirects;
  request.max_body = options.max_body;
  request.timeout = options.timeout;
  return request;
}

Error status_error(int status) {
  const auto code = status == 401 || status == 403   ? Errc::denied
                    : status == 404 || status == 410 ? Errc::not_found
                    : status == 429 || status >= 500 ? Errc::unavailable
                                                     : Errc::malformed;
  std::string what = "HTTP " + std::to_string(status);
  if (status == 401) what += ": the feed wants a user name and password, or a token";
  if (status == 403) what += ": the server refuses us";
  if (status == 404) what += ": there is no feed at this address";
  if (status == 410) what += ": the feed is gone for good";
  if (status == 429) what += ": polled too often";
  return {code, std::move(what)};
}

/// The validators of an answer.
Validators validators_of(const net::Headers& headers) {
  const auto value = [&](std::string_view name) {
    const auto found = net::header(headers, name);
    return std::string(found.size() > kLongestValidator ? std::string_view{} : found);
  };
  return {value("etag"), value("last-modified"), 0};
}

void take(FeedState& state, Validators validators) {
  state.etag = std::move(validators.etag);
  state.last_modified = std::move(validators.last_modified);
  state.body_hash = validators.hash;
}

/// A 304 without a validator keeps what is known.
void refresh(FeedState& state, Validators validators) {
  if (!validators.etag.empty()) state.etag = std::move(validators.etag);
  if (!validators.last_modified.empty()) state.last_modified = std::move(validators.last_modified);
}

void forget_move(FeedState& state) {
  state.moved_to.clear();
  state.moved_count = 0;
}

/// Counts how long a permanent redirect has held; `note_success` learns it.
void watch_move(FeedState& state, const net::Response& response) {
  const bool permanent =
      !response.redirects.empty() &&
      std::all_of(response.redirects.begin(), response.redirects.end(),
                  [](const net::Redirect& hop) { return hop.status == 301 || hop.status == 308; });
  if (!permanent) return forget_move(state);
  state.moved_count = state.moved_to == response.final_url ? state.moved_count + 1 : 1;
  state.moved_to = response.final_url;
}

/// A server that cannot stand our validators would refuse every poll from now on.
bool is_about_conditions(int status) {
  constexpr int kPreconditionFailed = 412, kHeadersTooLarge = 431;
  return status == kPreconditionFailed || status == kHeadersTooLarge;
}

/// "Gone" of a learned address is that address's own: the configured one may know better.
void note_refusal(FeedState& state, int status) {
  constexpr int kGone = 410;
  state.gone = status == kGone && state.permanent_url.empty();
  if (status == kGone) state.permanent_url.clear();
  if (!is_about_conditions(status)) return;
  state.etag.clear();
  state.last_modified.clear();
}

void note_failure(const FeedSpec& feed, const FetchOptions& options, FeedState& state,
                  Timestamp now, const Error& error, std::optional<milliseconds> wish) {
  ++state.failures;
  state.last_error = error.message;
  if (state.failures >= kFailuresToForgetMove) state.permanent_url.clear();
  auto plan = plan_retry(feed, options, state, now, wish);
  state.next_poll = plan.when;
  state.next_reason = std::move(plan.reason);
}

void note_success(const FeedSpec& feed, const FetchOptions& options, FeedState& state,
                  Timestamp now) {
  state.failures = 0;
  state.last_error.clear();
  state.last_success = now;
  if (state.moved_count >= kPollsToLearnMove) {
    state.permanent_url = state.moved_to;
    forget_move(state);
  }
  auto plan = plan_next(feed, options, state, now, unpack_wish(state.wishes));
  state.next_poll = plan.when;
  state.next_reason = std::move(plan.reason);
}

/// By the dates of the items; for a feed that gives none, by when its items came.
void learn_rhythm(FeedState& state, const Lesson& lesson, Timestamp now) {
  std::optional<double> gap;
  if (lesson.gap)
    gap = static_cast<double>(lesson.gap->count());
  else if (lesson.new_items > 0 && state.last_new_item != Timestamp{})
    gap = std::chrono::duration<double>(now - state.last_new_item).count() / lesson.new_items;
  if (lesson.new_items > 0) state.last_new_item = now;
  if (!gap || *gap < 0) return;
  constexpr double kWeightOfNew = 0.3;
  state.gap_seconds =
      state.gap_seconds <= 0 ? *gap : state.gap_seconds + kWeightOfNew * (*gap - state.gap_seconds);
}

/// What a complete answer means: a document, "unchanged", or an error.
void judge(const FeedSpec& feed, const FetchOptions& options, net::Response response, Timestamp now,
           bool conditional, Polled& polled) {
  auto& state = polled.state;
  polled.wire_bytes = response.wire_bytes;
  state.server_gap = freshness(response.headers, now);
  if (response.status == 304 && conditional) {
    refresh(state, validators_of(response.headers));
    watch_move(state, response);
    note_success(feed, options, state, now);
    return;
  }
  if (response.status != 200) {
    polled.error = status_error(response.status);
    note_refusal(state, response.status);
    const auto wish = std::max(
        retry_after(response.headers, now).value_or(milliseconds{0}),
        response.status == 429 || response.status == 503 ? state.server_gap : milliseconds{0});
    note_failure(feed, options, state, now, *polled.error, wish);
    return;
  }
  auto validators = validators_of(response.headers);
  validators.hash = body_hash(response.body);
  watch_move(state, response);
  if (validators.hash == state.body_hash && state.last_success != Timestamp{}) {
    take(state, std::move(validators));
    note_success(feed, options, state, now);
    return;
  }
  Document document;
  document.validators = std::move(validators);
  document.body = std::move(response.body);
  document.room = std::move(response.room);
  document.content_type = std::string(net::header(response.headers, "content-type"));
  document.final_url = std::move(response.final_url);
  document.hub = link_target(response.headers, "hub", document.final_url);
  document.topic = link_target(response.headers, "self", document.final_url);
  polled.document = std::move(document);
}

Result<net::Response> read_local(const FeedSpec& feed, const FeedState& state,
                                 const FetchOptions& options) {
  // The address is the configured one: no redirect leads from a server to a file.
  if (!feed.allow_file || !is_file_url(feed.url))
    return Error{Errc::denied, "a file: URL is read only with allow_file: true"};
  return read_file_url(feed.url, state.last_modified, options.max_body);
}

}  // namespace

Fetcher::Fetcher(net::HttpClient& http, const Clock& clock, FetchOptions options)
    : http_(http), clock_(clock), options_(std::move(options)) {}

boost::asio::awaitable<Polled> Fetcher::poll(std::shared_ptr<const FeedSpec> feed,
                                             FeedState state) {
  Polled polled;
  auto request = make_request(*feed, options_, state);
  const bool conditional = !state.etag.empty() || !state.last_modified.empty();
  const bool local = is_file_url(request.url);
  auto response = local ? read_local(*feed, state, options_) : Result<net::Response>(Error{});
  if (!local) response = co_await http_.send(std::move(request));
  const auto now = clock_.now();
  state.last_poll = now;
  polled.state = std::move(state);
  if (response) {
    judge(*feed, options_, std::move(*response), now, conditional, polled);
  } else {
    polled.error = response.error();
    note_failure(*feed, options_, polled.state, now, *polled.error, std::nullopt);
  }
  co_return polled;
}

boost::asio::awaitable<PageAnswer> Fetcher::page(std::shared_ptr<const FeedSpec> feed,
                                                 std::string url) {
  auto request = page_request(*feed, options_, url);
  auto response = co_await http_.send(std::move(request));
  if (!response) co_return judge_failure(std::move(response).error());
  co_return judge_page(url, std::move(*response), clock_.now());
}

FeedState Fetcher::settle(const FeedSpec& feed, FeedState state, const Lesson& lesson) const {
  const auto now = clock_.now();
  if (lesson.pushed && !lesson.parsed) return state;
  if (!lesson.parsed) {
    forget_move(state);  // a portal or a maintenance page may say "moved" too
    const Error error{Errc::malformed, "not a feed: " + lesson.error};
    note_failure(feed, options_, state, now, error, std::nullopt);
    return state;
  }
  learn_rhythm(state, lesson, now);
  if (!lesson.pushed) {
    // A validator vouches for what was dealt with. Of a document that was cut the rest is to come,
    // whatever the server calls it.
    take(state, lesson.truncated ? Validators{} : lesson.validators);
    state.hub = lesson.hub;
    state.topic = lesson.topic;
    state.wishes = pack(lesson.wish);
  }
  note_success(feed, options_, state, now);
  return state;
}

}  // namespace tocsin::fetcher
