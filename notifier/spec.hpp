// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/labels.hpp"
#include "net/http.hpp"
#include "net/smtp_client.hpp"

namespace tocsin::notifier {

using std::chrono::milliseconds;

/// One condition on what is routed: `name op value`. Regular expressions are RE2, anchored.
/// Names: severity, watch, feed, language, type, label.KEY or a bare label key of watch or feed.
struct Matcher {
  enum class Op : std::uint8_t { equal, not_equal, matches, not_matches } op{};
  std::string name, value;
};

enum class QuietAction : std::uint8_t { hold, drop, deliver };

/// A window of time in a zone; all parts that are given must hold. Across a daylight-saving change
/// it is neither skipped nor doubled.
struct TimeWindow {
  struct Times {
    int from_minute = 0;  ///< minutes after local midnight
    int to_minute = 0;    ///< exclusive; less than from: goes past midnight; 1440 allowed
  };
  std::vector<Times> times;
  std::vector<std::uint8_t> weekdays;  ///< 0 is Sunday; the day on which the window begins
  std::string timezone;                ///< IANA name
};
struct TimeInterval {
  std::string name;
  std::vector<TimeWindow> windows;  ///< any of them
};

/// A node of the routing tree, with what it inherits already filled in.
struct Route {
  std::string id;                 ///< stable path, for example "root/1/0"
  std::vector<Matcher> matchers;  ///< all must hold; empty: always
  std::string receiver;
  std::vector<std::string> group_by;  ///< of: watch, story, feed, language, severity, label names
  milliseconds wait{0};               ///< before a group's first message
  milliseconds every{0};              ///< least gap between later messages of a group
  std::vector<std::string> quiet_during;  ///< names of intervals
  QuietAction quiet_action = QuietAction::hold;
  bool continues = false;
  std::vector<Route> routes;
};

struct InhibitRule {
  std::vector<Matcher> source, target;
  std::vector<std::string> equal;  ///< of: story, feed, language, label names
};

struct RetryPolicy {
  milliseconds give_up_after{std::chrono::hours{96}};
  milliseconds base{std::chrono::seconds{5}};
  milliseconds max_interval{std::chrono::hours{1}};
};

struct Digest {
  std::vector<int> at_minutes;  ///< minutes after local midnight
  std::string timezone;
  std::uint32_t min_items = 1;
};

/// At most `count` messages in `per`; what is over becomes one digest later.
struct Throttle {
  std::uint32_t count = 0;
  milliseconds per{0};
};

struct EmailSpec {
  net::SmtpServer server;
  std::string from, from_name;
  std::vector<std::string> to;
  std::string subject;     ///< template; empty: built in
  std::string text, html;  ///< templates; empty: built in
  bool thread_by_story = true;
  std::string list_id;  ///< empty: derived from the receiver's name
};

struct WebhookSpec {
  std::string url, method = "POST";
  net::Headers headers;
  std::string secret;  ///< Standard Webhooks "whsec_…" or raw text; empty: unsigned
  std::string body;    ///< template; empty: the CloudEvents document
  std::string bearer_token, username, password, ca_file, proxy;
  bool allow_private = true;  ///< a receiver is the operator's own choice
  milliseconds timeout{std::chrono::seconds{20}};
};

/// A channel of one of the ready-made services, with its own options by name ("url", "token", ...).
struct ServiceSpec {
  std::string kind;  ///< "slack", "ntfy", "exec", "file", ...
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<std::string> arguments;  ///< exec: program and arguments
};

/// Where alerts go. Exactly one channel is set; `print` is standard output.
struct ReceiverSpec {
  std::string name;  ///< unique
  std::optional<EmailSpec> email;
  std::optional<WebhookSpec> webhook;
  std::optional<ServiceSpec> service;
  bool print = false;
  RetryPolicy retry;
  std::optional<Digest> digest;
  std::optional<Throttle> throttle;
};

enum class StoryAction : std::uint8_t { update, drop, separate };

struct DedupSpec {
  milliseconds window{std::chrono::hours{72}};
  bool canonical_url = true;
  StoryAction story = StoryAction::update;
};

/// A dead-man's switch outside, which is called as long as all is well.
struct HeartbeatSpec {
  std::string url;  ///< empty: none. A secret: who has it can feign life
  milliseconds every{std::chrono::minutes{5}};
};

struct HealthSpec {
  std::string receiver;  ///< empty: those that the routes lead to
  HeartbeatSpec heartbeat;
  milliseconds feed_down_after{std::chrono::hours{6}};
  milliseconds delivery_failing_after{std::chrono::minutes{30}};
};

/// Everything about what happens after a match.
struct DeliverySpec {
  std::vector<ReceiverSpec> receivers;  ///< never empty: printing when none is configured
  Route root;                           ///< without `route:`, one child route a receiver
  std::vector<TimeInterval> intervals;
  std::vector<InhibitRule> inhibit;
  DedupSpec dedup;
  HealthSpec health;
  std::string timezone = "UTC";   ///< for dates in messages
  std::string source = "tocsin";  ///< CloudEvents source, and domain of Message-IDs
  std::string console_url;
};

}  // namespace tocsin::notifier
