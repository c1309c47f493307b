// SPDX-License-Identifier: MIT
#include "config/detail/schema.hpp"

#include <algorithm>
#include <array>

namespace tocsin::config::detail {
namespace {

constexpr std::string_view kTlsModes[] = {"none", "starttls", "tls"};
constexpr Key kSmtpKeys[] = {
    {"host", one(Type::server), "The relay that mail is handed to, with or without a port.",
     "localhost:25"},
    {"tls", choice(kTlsModes),
     "`starttls` is required, not merely tried; `tls` from the first byte (port 465); `none` is "
     "for "
     "a relay on this machine.",
     "starttls"},
    {"username", one(Type::text), "Name to log in with; without it nobody logs in."},
    {"password", one(Type::text).secret(), "Password to log in with."},
    {"oauth_token", one(Type::text).secret(), "Token for XOAUTH2 instead of a password."},
    {"from", one(Type::mailbox), "Sender of the mails.", "(tocsin at this host)"},
    {"hello_name", one(Type::text), "Name given in EHLO.", "(this host)"},
    {"ca_file", one(Type::path), "PEM file of certificates to trust instead of the system's."},
};

constexpr Key kGlobalKeys[] = {
    {"user_agent", one(Type::text),
     "How tocsin names itself to feed servers. Put an address in it where you can be reached."},
    {"timezone", one(Type::zone), "Zone for dates in messages, and for times without their own.",
     "UTC"},
    {"smtp", object(kSmtpSchema), "The mail relay.", "(localhost:25 without TLS)"},
    {"source", one(Type::text), "CloudEvents source of alerts and domain of their Message-IDs.",
     "tocsin"},
    {"console_url", one(Type::url), "Address of the web page, for links in alerts."},
};
constexpr Object kGlobalSchema{"global", "What holds for everything.", kGlobalKeys};

constexpr std::string_view kUrlModes[] = {"canonical", "exact"};
constexpr std::string_view kStoryActions[] = {"update", "drop", "separate"};
constexpr Key kStoryKeys[] = {
    {"action", choice(kStoryActions),
     "A later article of a story that was alerted: `update` adds it to the story's thread, `drop` "
     "leaves it out, `separate` alerts it by itself.",
     "update"},
};
constexpr Object kStorySchema{"story", "Articles that tell the same story.", kStoryKeys, "action"};
constexpr Key kDedupKeys[] = {
    {"window", one(Type::duration), "For how long an article or story is remembered as told.",
     "72h"},
    {"url", choice(kUrlModes),
     "`canonical` takes addresses that differ only in tracking parameters for one.", "canonical"},
    {"story", object(kStorySchema), "What happens to further articles of one story."},
};
constexpr Object kDedupSchema{"dedup", "When two articles are one.", kDedupKeys};

constexpr Key kHeartbeatKeys[] = {
    {"url", one(Type::url).maybe_secret(), "The address to call, such as a dead-man's switch has."},
    {"every", one(Type::duration).between(1'000, 86'400'000), "How often it is called.", "5m"},
};
constexpr std::string_view kHeartbeatForms[] = {"url", "url_file"};
constexpr Object kHeartbeatSchema{
    "heartbeat", "A sign of life for a service outside that raises the alarm when it stays away.",
    kHeartbeatKeys, "url", kHeartbeatForms};

constexpr Key kHealthKeys[] = {
    {"receiver", one(Type::name),
     "Who is told when a feed or a receiver fails; else those that the routes lead to, where such "
     "an alert has the type \"health\", severity high, and the labels `kind` and `subject`."},
    {"feed_down_after", one(Type::duration), "How long a feed may fail before it is reported.",
     "6h"},
    {"delivery_failing_after", one(Type::duration),
     "How long a receiver may fail before it is reported.", "30m"},
    {"heartbeat", object(kHeartbeatSchema),
     "A dead-man's switch outside: who is dead cannot say so."},
};
constexpr Object kHealthSchema{"health", "Alerts about tocsin itself.", kHealthKeys};

constexpr Key kStorageKeys[] = {
    {"path", one(Type::path), "Folder of the database.", "/var/lib/tocsin"},
    {"keep_items", one(Type::duration).between(3'600'000, 3'153'600'000'000),
     "How long articles are kept for search and backtests.", "90d"},
    {"keep_matches", one(Type::duration).between(3'600'000, 3'153'600'000'000),
     "How long matches are kept.", "2y"},
};
constexpr Object kStorageSchema{"storage", "What is kept, where and for how long.", kStorageKeys};

constexpr Key kServerKeys[] = {
    {"listen", one(Type::endpoint),
     "Address of the web page, the API and the metrics; none: no server. An address that others "
     "can "
     "reach needs a `token`.",
     "", Need::required},
    {"metrics", one(Type::boolean), "Whether Prometheus metrics are at /metrics.", "true"},
    {"token", one(Type::text).secret(), "Bearer token that requests which change state must show."},
};
constexpr Object kServerSchema{"server", "Web page, API and metrics.", kServerKeys};

constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error", "off"};
constexpr Key kRoomKeys[] = {
    {"daemon", choice(kLevels), "Life of the daemon, reloads, late timers."},
    {"fetcher", choice(kLevels), "Polls and pushes."},
    {"parser", choice(kLevels), "What was repaired in feeds."},
    {"store", choice(kLevels), "The database."},
    {"notifier", choice(kLevels), "Deliveries."},
    {"web", choice(kLevels), "The web server."},
};
constexpr Object kRoomsSchema{"rooms", "Levels of single rooms of the house.", kRoomKeys};
constexpr std::string_view kLogFormats[] = {"plain", "journal", "logfmt", "json"};
constexpr Key kLogKeys[] = {
    {"level", choice(kLevels), "From which level on lines are written.", "info"},
    {"format", choice(kLogFormats), "How lines look.", "(journal under systemd, else plain)"},
    {"rooms", object(kRoomsSchema), "Other levels for single rooms."},
};
constexpr Object kLogSchema{
    "log", "The log on standard error. A reload applies it; `--log` and `--log-format` win.",
    kLogKeys, "level"};

constexpr std::int64_t kVersion = 1;
constexpr Key kFileKeys[] = {
    {"version", one(Type::integer).between(kVersion, kVersion), "Version of this format.", "1"},
    {"include", one_or_list(Type::path),
     "Further files, with `*` and `?` in the last part. They may hold feeds, entities, lists, "
     "watches, receivers, time_intervals, inhibit_rules and tests; all are put together."},
    {"global", object(kGlobalSchema), "What holds for everything."},
    {"fetch", object(kFetchSchema), "How feeds are polled."},
    {"feeds", object(kFeedSchema, Container::list), "The feeds: addresses, or mappings."},
    {"entities", object(kEntitySchema, Container::dictionary),
     "Watched names, reached in rules as `@key`."},
    {"lists",
     {Type::rule_text, Container::dictionary_of_lists},
     "Named lists of words and phrases, reached in rules as `@key`: any of them."},
    {"watches", object(kWatchSchema, Container::list), "What is looked for."},
    {"dedup", object(kDedupSchema), "When two articles are one."},
    {"route", object(kRouteSchema),
     "Which alert goes to which receiver. Without it every receiver gets every alert."},
    {"inhibit_rules", object(kInhibitSchema, Container::list), "Which alerts keep others quiet."},
    {"time_intervals", object(kWindowSchema, Container::dictionary_of_lists),
     "Named times of the week, for `quiet`."},
    {"receivers", object(kReceiverSchema, Container::list),
     "Where alerts go. Without any they are printed on standard output."},
    {"health", object(kHealthSchema), "Alerts about tocsin itself."},
    {"storage", object(kStorageSchema), "What is kept, where and for how long."},
    {"server", object(kServerSchema), "Web page, API and metrics."},
    {"log", object(kLogSchema), "What is logged, and how lines look."},
    {"tests", object(kTestSchema, Container::list),
     "Articles and what must become of them; `tocsin check` and `tocsin test` run them."},
};

}  // namespace

constexpr Object kSmtpSchema{"smtp", "The mail relay.", kSmtpKeys, "host"};
constexpr Object kFileSchema{"configuration", "One YAML file.", kFileKeys};

const Key* Object::find(std::string_view key) const noexcept {
  for (const auto& known : keys)
    if (known.name == key) return &known;
  constexpr std::string_view kSuffix = "_file";
  if (!key.ends_with(kSuffix)) return nullptr;
  key.remove_suffix(kSuffix.size());
  for (const auto& known : keys)
    if (known.shape.is_secret && known.name == key) return &known;
  return nullptr;
}

}  // namespace tocsin::config::detail
