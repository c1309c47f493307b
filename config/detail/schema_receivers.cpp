// SPDX-License-Identifier: MIT
// The tables for `receivers:`: one object a channel.
#include "config/detail/schema.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kYear = 365LL * 24 * 60 * kMinute;

constexpr Key kRetryKeys[] = {
    {"for", one(Type::duration).between(0, kYear),
     "After so long an alert is given up and kept as a dead letter.", "4d"},
    {"base", one(Type::duration).between(1, kYear),
     "Wait after the first failure; it doubles each time.", "5s"},
    {"max_interval", one(Type::duration).between(1, kYear), "Longest wait between attempts.", "1h"},
};
constexpr Object kRetrySchema{"retry", "What happens when a receiver fails.", kRetryKeys, "for"};
constexpr Key kRetry{"retry", object(kRetrySchema), "What happens when it fails."};
constexpr Key kThrottle{"throttle", one(Type::rate),
                        "At most so many messages, as in 20/h; what is over becomes one digest."};
constexpr Key kTitleTemplate{"title", one(Type::message), "Template of the title."};
constexpr Key kTextTemplate{"text", one(Type::message), "Template of the text."};
constexpr Key kServiceTimeout{"timeout", one(Type::duration).between(1000, 10 * kMinute),
                              "Longest time of one attempt.", "20s"};
constexpr Key kServiceProxy{"proxy", one(Type::proxy_url).maybe_secret(),
                            "Proxy for this receiver."};
constexpr Key kServiceCa{"ca_file", one(Type::path), "PEM file of certificates to trust."};

constexpr std::string_view kThreading[] = {"story", "none"};
constexpr Key kEmailKeys[] = {
    {"to", one_or_list(Type::address), "Whom to mail; each gets a mail of its own.", "",
     Need::required},
    {"from", one(Type::mailbox), "Sender.", "(global.smtp.from)"},
    {"subject", one(Type::message), "Template of the subject."},
    {"text", one(Type::message), "Template of the plain text."},
    {"html", one(Type::message), "Template of the HTML text."},
    {"threading", choice(kThreading), "Whether mail programs show a story's mails together.",
     "story"},
    {"list_id", one(Type::text), "List-Id header.", "(from the receiver's name)"},
    {"smtp", object(kSmtpSchema), "A relay for this receiver.", "(global.smtp)"},
    kThrottle,
    kRetry,
};
constexpr Object kEmailSchema{"email", "Mail.", kEmailKeys};

constexpr std::string_view kMethods[] = {"POST", "PUT"};
constexpr Key kWebhookKeys[] = {
    {"url", one(Type::url).maybe_secret(), "Where alerts are sent."},
    {"method", choice(kMethods), "HTTP method.", "POST"},
    {"headers", dictionary(Type::text), "Header lines to add."},
    {"secret", one(Type::text).secret(),
     "Key of the signature (Standard Webhooks), `whsec_...` or raw text; without it nothing is "
     "signed."},
    {"body", one(Type::message), "Template of the body instead of the CloudEvents document."},
    {"bearer_token", one(Type::text).secret(), "For `Authorization: Bearer`."},
    {"username", one(Type::text), "For basic authentication."},
    {"password", one(Type::text).secret(), "For basic authentication."},
    {"allow_private", one(Type::boolean), "Whether it may be at a private address.", "true"},
    kServiceCa,
    kServiceProxy,
    kServiceTimeout,
    kThrottle,
    kRetry,
};
constexpr std::string_view kUrlForms[] = {"url", "url_file"};
constexpr Object kWebhookSchema{"webhook", "CloudEvents by HTTP, signed as Standard Webhooks say.",
                                kWebhookKeys, "url", kUrlForms};

constexpr Key kHookUrl{"url", one(Type::url).secret(), "Address of the incoming webhook."};
constexpr Key kHookChannel{"channel", one(Type::text),
                           "Channel, where the service lets one choose."};
constexpr Key kHookUsername{"username", one(Type::text), "Name shown as sender."};
constexpr Key kSlackKeys[] = {kHookUrl,      kHookChannel,    kHookUsername, kTitleTemplate,
                              kTextTemplate, kServiceTimeout, kServiceProxy, kServiceCa};
constexpr Object kSlackSchema{"slack", "Slack, by an incoming webhook.", kSlackKeys, "url",
                              kUrlForms};
constexpr Key kMattermostKeys[] = {kHookUrl,        kHookChannel,  kHookUsername, kTextTemplate,
                                   kServiceTimeout, kServiceProxy, kServiceCa};
constexpr Object kMattermostSchema{"mattermost", "Mattermost, by an incoming webhook.",
                                   kMattermostKeys, "url", kUrlForms};
constexpr Key kDiscordKeys[] = {kHookUrl,        kHookUsername, kTitleTemplate, kTextTemplate,
                                kServiceTimeout, kServiceProxy, kServiceCa};
constexpr Object kDiscordSchema{"discord", "Discord, by a webhook.", kDiscordKeys, "url",
                                kUrlForms};
constexpr Key kTeamsKeys[] = {kHookUrl,        kTitleTemplate, kTextTemplate,
                              kServiceTimeout, kServiceProxy,  kServiceCa};
constexpr Object kTeamsSchema{"teams", "Microsoft Teams, by a workflow webhook.", kTeamsKeys, "url",
                              kUrlForms};

constexpr Key kToken{"token", one(Type::text).secret(), "Access token."};
constexpr std::string_view kTokenForms[] = {"token", "token_file"};
constexpr Key kTelegramKeys[] = {
    kToken,
    {"chat_id", one(Type::text), "Chat to write to.", "", Need::required},
    {"thread_id", one(Type::text), "Topic within the chat."},
    {"api_url", one(Type::url), "Address of the API.", "https://api.telegram.org"},
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy};
constexpr Object kTelegramSchema{"telegram", "Telegram, by a bot.", kTelegramKeys, {}, kTokenForms};

constexpr Key kMatrixKeys[] = {
    {"homeserver", one(Type::url), "Address of the server.", "", Need::required},
    {"room", one(Type::text), "Room id, as in \"!abc:example.org\".", "", Need::required},
    kToken,
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy,
    kServiceCa};
constexpr Object kMatrixSchema{"matrix", "A Matrix room.", kMatrixKeys, {}, kTokenForms};

constexpr Key kNtfyKeys[] = {
    {"topic", one(Type::text), "Topic to publish to.", "", Need::required},
    {"url", one(Type::url), "Address of the server.", "https://ntfy.sh"},
    kToken,
    {"username", one(Type::text), "For basic authentication."},
    {"password", one(Type::text).secret(), "For basic authentication."},
    {"priority", one(Type::text), "Priority instead of one made from the severity."},
    {"tags", one(Type::text), "Tags, separated by commas."},
    kTitleTemplate,
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy,
    kServiceCa};
constexpr Object kNtfySchema{"ntfy", "An ntfy topic.", kNtfyKeys, "topic"};

constexpr Key kGotifyKeys[] = {
    {"url", one(Type::url), "Address of the server.", "", Need::required},
    kToken,
    {"priority", one(Type::integer).between(0, 10),
     "Priority instead of one made from the severity."},
    kTitleTemplate,
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy,
    kServiceCa};
constexpr Object kGotifySchema{"gotify", "A Gotify application.", kGotifyKeys, {}, kTokenForms};

constexpr Key kPushoverKeys[] = {
    kToken,
    {"user", one(Type::text).secret(), "User or group key."},
    {"device", one(Type::text), "Only this device."},
    {"priority", one(Type::integer).between(-2, 2),
     "Priority instead of one made from the severity."},
    {"sound", one(Type::text), "Sound."},
    {"api_url", one(Type::url), "Address of the API.", "https://api.pushover.net"},
    kTitleTemplate,
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy};
constexpr Object kPushoverSchema{"pushover", "Pushover.", kPushoverKeys, {}, kTokenForms};

constexpr std::string_view kRoutingForms[] = {"routing_key", "routing_key_file"};
constexpr Key kPagerdutyKeys[] = {
    {"routing_key", one(Type::text).secret(), "Integration key of the service (Events API v2)."},
    {"url", one(Type::url), "Address of the API.", "https://events.pagerduty.com"},
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy};
constexpr Object kPagerdutySchema{
    "pagerduty", "PagerDuty, by the Events API v2.", kPagerdutyKeys, {}, kRoutingForms};

constexpr Key kAppriseKeys[] = {
    {"url", one(Type::url), "Address of an Apprise API server.", "", Need::required},
    {"key", one(Type::text).secret(), "Key of a stored configuration."},
    {"urls", one_or_list(Type::text).secret(), "Apprise URLs to notify."},
    {"tag", one(Type::text), "Only services with this tag."},
    kTitleTemplate,
    kTextTemplate,
    kServiceTimeout,
    kServiceProxy,
    kServiceCa};
constexpr Object kAppriseSchema{"apprise", "Whatever an Apprise server reaches.", kAppriseKeys};

constexpr Key kExecKeys[] = {
    {"command", one_or_list(Type::text),
     "Program and arguments, run without a shell; the alert is its standard input.", "",
     Need::required},
    kServiceTimeout};
constexpr Object kExecSchema{"exec", "A program of your own.", kExecKeys, "command"};

constexpr Key kFileKeys[] = {{"path", one(Type::path),
                              "File to which each alert is added as one line of JSON.", "",
                              Need::required}};
constexpr Object kFileSink{"file", "A file of JSON lines.", kFileKeys, "path"};

constexpr Key kAtomKeys[] = {
    {"path", one(Type::path), "File that is rewritten with the latest alerts.", "", Need::required},
    {"title", one(Type::text), "Title of the feed.", "tocsin"},
    {"url", one(Type::url), "Address under which it will be found."},
    {"entries", one(Type::integer).between(1, 10'000), "How many alerts it holds.", "100"}};
constexpr Object kAtomSchema{"atom", "An Atom feed of the alerts.", kAtomKeys, "path"};

constexpr Key kDigestKeys[] = {
    {"at", one_or_list(Type::clock_time), "Times of day, as in \"07:30\".", "", Need::required},
    {"timezone", one(Type::zone), "Their zone.", "(global.timezone)"},
    {"min_items", one(Type::integer).between(0, 10'000), "No digest with fewer items than this.",
     "1"},
};
constexpr Object kDigestSchema{"digest", "One message at fixed times instead of many.",
                               kDigestKeys};

constexpr Key kReceiverKeys[] = {
    {"name", one(Type::name), "Unique; routes name it.", "", Need::required},
    {"email", object(kEmailSchema), "Mail."},
    {"webhook", object(kWebhookSchema), "CloudEvents by HTTP."},
    {"print", one(Type::boolean), "Standard output.", "false"},
    {"slack", object(kSlackSchema), "Slack."},
    {"mattermost", object(kMattermostSchema), "Mattermost."},
    {"discord", object(kDiscordSchema), "Discord."},
    {"teams", object(kTeamsSchema), "Microsoft Teams."},
    {"telegram", object(kTelegramSchema), "Telegram."},
    {"matrix", object(kMatrixSchema), "Matrix."},
    {"ntfy", object(kNtfySchema), "ntfy."},
    {"gotify", object(kGotifySchema), "Gotify."},
    {"pushover", object(kPushoverSchema), "Pushover."},
    {"pagerduty", object(kPagerdutySchema), "PagerDuty."},
    {"apprise", object(kAppriseSchema), "Apprise."},
    {"exec", object(kExecSchema), "A program of your own."},
    {"file", object(kFileSink), "A file of JSON lines."},
    {"atom", object(kAtomSchema), "An Atom feed."},
    {"digest", object(kDigestSchema), "One message at fixed times instead of many."},
    kThrottle,
    kRetry,
};
constexpr std::string_view kChannels[] = {
    "email",     "webhook",  "print",  "slack", "mattermost", "discord",
    "teams",     "telegram", "matrix", "ntfy",  "gotify",     "pushover",
    "pagerduty", "apprise",  "exec",   "file",  "atom"};

}  // namespace

constexpr Object kReceiverSchema{
    "receiver", "Where alerts go: a name and exactly one channel.", kReceiverKeys, {}, kChannels};

std::span<const std::string_view> service_kinds() {
  return std::span(kChannels).subspan(3);
}

}  // namespace tocsin::config::detail
