// SPDX-License-Identifier: MIT
// The tables for `fetch:` and `feeds:`.
#include "config/detail/schema.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kYear = 365LL * 24 * 60 * kMinute;
constexpr Shape kInterval = one(Type::duration).between(kSecond, kYear);

constexpr Key kIntervalKeys[] = {
    {"min", kInterval, "Never more often than this.", "10m"},
    {"default", kInterval, "Until a feed's own rhythm is known.", "30m"},
    {"max", kInterval, "Never more seldom than this.", "12h"},
};
constexpr Object kIntervalSchema{
    "interval",
    "Polling adapts to each feed within these bounds. What a server asks for (Cache-Control, ttl, "
    "Retry-After) always wins.",
    kIntervalKeys};

constexpr Key kPerHostKeys[] = {
    {"concurrency", one(Type::integer).between(1, 16), "Requests at one time to one host.", "1"},
    {"spacing", one(Type::duration), "Time between two requests to one host.", "5s"},
};
constexpr Object kPerHostSchema{"per_host", "Manners towards a host with many feeds.",
                                kPerHostKeys};

constexpr std::string_view kArticleModes[] = {"never", "when_short", "on_prefilter", "always"};
constexpr Key kArticleKeys[] = {
    {"mode", choice(kArticleModes),
     "For which new items: `never`, `when_short` (the feed's text has fewer than `min_words`), "
     "`on_prefilter` (the item has a word, phrase or name of some watch, whether the whole watch "
     "matches or not), `always`.",
     "when_short"},
    {"min_words", one(Type::integer).between(1, 100'000), "What `when_short` takes for short.",
     "80"},
};
constexpr Object kArticlesSchema{"articles",
                                 "The page that a new item links to is fetched and matched too, "
                                 "after the feed's own text: docs/fetching.md tells how.",
                                 kArticleKeys, "mode"};

constexpr Key kWebSubKeys[] = {
    {"callback", one(Type::url),
     "The address at which hubs on the Internet reach this daemon's `server`, such as "
     "`https://desk.example.org/websub`; the path is the server's own.",
     "", Need::required},
};
constexpr Object kWebSubSchema{"websub",
                               "Feeds that announce a hub are pushed by it, and polled seldom.",
                               kWebSubKeys, "callback"};

constexpr Key kFetchKeys[] = {
    {"interval", object(kIntervalSchema), "How often feeds are polled."},
    {"per_host", object(kPerHostSchema), "Manners towards a host with many feeds."},
    {"first_fetch", one(Type::first_fetch),
     "A new feed's items: `silent` remembers them without an alert, a duration alerts those "
     "younger "
     "than it, `all` alerts all that match.",
     "silent"},
    {"articles", object(kArticlesSchema),
     "Whether items are matched with the full text of their page."},
    {"proxy", one(Type::proxy_url).maybe_secret(), "Proxy for all feeds."},
    {"allow_private", one(Type::boolean),
     "Whether private and loopback addresses may be fetched; they are refused otherwise.", "false"},
    {"websub", object(kWebSubSchema),
     "Subscribes to the hubs (WebSub) that feeds announce: articles then come within a second."},
    {"max_in_flight", one(Type::integer).between(1, 10'000),
     "Requests at one time; beside them up to three times as many that take longer than half a "
     "second.",
     "256"},
    {"max_body", one(Type::size), "Largest feed or page, after decompression.", "8MiB"},
    {"timeout", one(Type::duration).between(kSecond, 10 * kMinute),
     "Longest time of one request, from name resolution to the last byte.", "60s"},
};

constexpr Key kFeedKeys[] = {
    {"name", one(Type::name),
     "Unique; the feed's identity, so a changed name is a new feed. Made from the host when left "
     "out."},
    {"url", one(Type::feed_url), "Address of the feed."},
    {"opml", one(Type::path),
     "A subscription list (OPML) instead of `url`: all its feeds, with the other keys of this "
     "entry."},
    {"labels", dictionary(Type::text), "Names and values to route and filter by."},
    {"interval", kInterval, "A fixed time between polls instead of the adaptive one."},
    {"headers", dictionary(Type::text), "Header lines to send."},
    {"username", one(Type::text), "For basic authentication."},
    {"password", one(Type::text).secret(), "For basic authentication."},
    {"bearer_token", one(Type::text).secret(), "For `Authorization: Bearer`."},
    {"proxy", one(Type::proxy_url).maybe_secret(), "Proxy for this feed."},
    {"ca_file", one(Type::path), "PEM file of certificates to trust instead of the system's."},
    {"pinned_key", one(Type::text), "Public key of the server, in curl's form `sha256//...`."},
    {"silent_after", one(Type::duration).between(kMinute, kYear),
     "Without a new item for so long, the feed is reported as silent."},
    {"allow_private", one(Type::boolean), "Whether this feed may be at a private address.",
     "false"},
    {"allow_file", one(Type::boolean), "Whether a `file:` URL is read.", "false"},
    {"first_fetch", one(Type::first_fetch), "As in `fetch`, for this feed."},
};
constexpr std::string_view kFeedSources[] = {"url", "opml"};

}  // namespace

constexpr Object kFetchSchema{"fetch", "How feeds are polled.", kFetchKeys};
constexpr Object kFeedSchema{
    "feed", "One feed, or a list of them in a file. An address alone stands for `{url: address}`.",
    kFeedKeys, "url", kFeedSources};

}  // namespace tocsin::config::detail
