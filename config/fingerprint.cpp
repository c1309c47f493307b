// SPDX-License-Identifier: MIT
#include "config/fingerprint.hpp"

#include <string_view>
#include <type_traits>
#include <utility>

namespace tocsin::config {
namespace {

using std::chrono::milliseconds;

/// FNV-1a over values, each followed by a mark, so that "ab", "c" is not "a", "bc".
class Hash {
 public:
  Hash& operator<<(std::string_view text) {
    for (const char c : text) byte(static_cast<unsigned char>(c));
    byte(0xFF);  // never within UTF-8
    return *this;
  }
  template <class Value>
    requires std::is_enum_v<Value> || std::is_integral_v<Value>
  Hash& operator<<(Value value) {
    return *this << std::string_view(std::to_string(static_cast<std::int64_t>(value)));
  }
  Hash& operator<<(milliseconds span) { return *this << span.count(); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  void byte(unsigned char value) { value_ = (value_ ^ value) * 0x100000001b3U; }
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

Hash& operator<<(Hash& hash, const rules::Located& text) {
  return hash << std::string_view(text.text);
}

template <class First, class Second>
Hash& operator<<(Hash& hash, const std::pair<First, Second>& both) {
  return hash << both.first << both.second;
}

Hash& operator<<(Hash& hash, const notifier::Matcher& matcher) {
  return hash << matcher.op << matcher.name << matcher.value;
}

template <class... Values>
std::uint64_t hash_of(const Values&... values) {
  Hash hash;
  (hash << ... << values);
  return hash.value();
}

/// All of a list or of labels, and how many.
template <class Values>
Hash& add_all(Hash& hash, const Values& values) {
  hash << values.size();
  for (const auto& value : values) hash << value;
  return hash;
}

Hash& operator<<(Hash& hash, const rules::EntitySpec& entity) {
  hash << entity.kind << entity.name << entity.acronym << entity.bare_surname << entity.fuzzy;
  for (const auto* texts :
       {&entity.aliases, &entity.native, &entity.titles, &entity.context, &entity.exclude})
    add_all(hash, *texts);
  return hash;
}

Hash& operator<<(Hash& hash, const rules::WatchSpec& watch) {
  hash << watch.severity << watch.query.value_or(rules::Located{})
       << (watch.entity ? *watch.entity : rules::EntitySpec{}) << watch.lead_only
       << watch.max_age.value_or(milliseconds{-1});
  for (const auto* texts : {&watch.any, &watch.all, &watch.none}) add_all(hash, *texts);
  add_all(hash, watch.labels);
  add_all(hash, watch.feeds);
  add_all(hash, watch.languages);
  return add_all(hash, watch.fields);
}

Hash& operator<<(Hash& hash, const rules::ListSpec& list) {
  return add_all(hash, list.terms);
}

Hash& operator<<(Hash& hash, const fetcher::FeedSpec& feed) {
  hash << feed.url << feed.interval.value_or(milliseconds{-1}) << feed.username << feed.password
       << feed.bearer_token << feed.proxy << feed.ca_file << feed.pinned_key
       << feed.silent_after.value_or(milliseconds{-1}) << feed.allow_private << feed.allow_file
       << feed.first_fetch << feed.first_fetch_age;
  add_all(hash, feed.labels);
  return add_all(hash, feed.headers);
}

Hash& operator<<(Hash& hash, const notifier::EmailSpec& mail) {
  const auto& server = mail.server;
  hash << server.host << server.port << server.tls << server.username << server.password
       << server.oauth_token << server.ca_file << server.hello_name;
  hash << mail.from << mail.from_name << mail.subject << mail.text << mail.html
       << mail.thread_by_story << mail.list_id;
  return add_all(hash, mail.to);
}

Hash& operator<<(Hash& hash, const notifier::WebhookSpec& hook) {
  hash << hook.url << hook.method << hook.secret << hook.body << hook.bearer_token << hook.username
       << hook.password << hook.ca_file << hook.proxy << hook.allow_private << hook.timeout;
  return add_all(hash, hook.headers);
}

Hash& operator<<(Hash& hash, const notifier::ServiceSpec& service) {
  hash << service.kind;
  add_all(hash, service.arguments);
  return add_all(hash, service.options);
}

Hash& operator<<(Hash& hash, const notifier::ReceiverSpec& receiver) {
  hash << receiver.email.has_value() << receiver.email.value_or(notifier::EmailSpec{})
       << receiver.webhook.value_or(notifier::WebhookSpec{})
       << receiver.service.value_or(notifier::ServiceSpec{}) << receiver.print;
  const auto digest = receiver.digest.value_or(notifier::Digest{});
  add_all(hash, digest.at_minutes) << digest.timezone << digest.min_items;
  const auto throttle = receiver.throttle.value_or(notifier::Throttle{});
  hash << throttle.count << throttle.per;
  const auto& retry = receiver.retry;
  return hash << retry.give_up_after << retry.base << retry.max_interval;
}

Hash& operator<<(Hash& hash, const notifier::Route& route) {
  add_all(hash, route.matchers) << route.receiver << route.wait << route.every << route.quiet_action
                                << route.continues;
  add_all(hash, route.group_by);
  add_all(hash, route.quiet_during);
  return add_all(hash, route.routes);
}

Hash& operator<<(Hash& hash, const notifier::InhibitRule& rule) {
  add_all(hash, rule.source);
  add_all(hash, rule.target);
  return add_all(hash, rule.equal);
}

Hash& operator<<(Hash& hash, const notifier::TimeInterval& interval) {
  hash << interval.name << interval.windows.size();
  for (const auto& window : interval.windows) {
    hash << window.timezone;
    add_all(hash, window.weekdays) << window.times.size();
    for (const auto& times : window.times) hash << times.from_minute << times.to_minute;
  }
  return hash;
}

Hash& operator<<(Hash& hash, const notifier::HealthSpec& health) {
  return hash << health.receiver << health.heartbeat.url << health.heartbeat.every
              << health.feed_down_after << health.delivery_failing_after;
}

/// The sections that are there once, by their keys in the file.
std::vector<Fingerprint> section_prints(const Config& config) {
  const auto& delivery = config.delivery;
  const auto& fetch = config.fetch;
  std::vector<Fingerprint> out;
  const auto add = [&](std::string name, std::uint64_t hash) {
    out.push_back({std::move(name), hash});
  };
  add("fetch",
      hash_of(fetch.user_agent, fetch.min_interval, fetch.default_interval, fetch.max_interval,
              fetch.per_host_concurrency, fetch.per_host_spacing, fetch.max_in_flight, fetch.proxy,
              fetch.allow_private, fetch.max_body, fetch.timeout, fetch.websub_callback,
              config.articles, config.article_min_words));
  add("dedup", hash_of(delivery.dedup.window, delivery.dedup.canonical_url, delivery.dedup.story));
  add("route", hash_of(delivery.root));
  Hash inhibit, intervals;
  add("inhibit_rules", add_all(inhibit, delivery.inhibit).value());
  add("time_intervals", add_all(intervals, delivery.intervals).value());
  add("health", hash_of(delivery.health));
  add("global", hash_of(delivery.timezone, delivery.source, delivery.console_url));
  const auto& storage = config.storage;
  add("storage", hash_of(storage.path.native(), storage.keep_items, storage.keep_matches));
  const auto& server = config.server;
  add("server", hash_of(server.listen, server.metrics, server.token));
  add("log", hash_of(config.log.levels, config.log.format));
  return out;
}

template <class Things>
std::vector<Fingerprint> prints_of(const Things& things) {
  std::vector<Fingerprint> out;
  out.reserve(things.size());
  for (const auto& one : things) out.push_back({one.name, hash_of(one)});
  return out;
}

}  // namespace

Fingerprints fingerprints(const Config& config) {
  Fingerprints out;
  out.feeds = prints_of(config.feeds);
  out.receivers = prints_of(config.delivery.receivers);
  out.watches = prints_of(config.rules.watches);
  for (const auto& entity : config.rules.entities)
    out.watches.push_back({"@" + entity.key, hash_of(entity)});
  for (const auto& list : config.rules.lists)
    out.watches.push_back({"@" + list.key, hash_of(list)});
  out.sections = section_prints(config);
  return out;
}

}  // namespace tocsin::config
