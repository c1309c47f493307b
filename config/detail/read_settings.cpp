// SPDX-License-Identifier: MIT
// `global:`, `fetch:`, `dedup:`, `health:`, `storage:`, `server:` and `log:`; and what all readers
// share.
#include <algorithm>

#include "base/time_format.hpp"
#include "config/detail/read.hpp"
#include "config/detail/values.hpp"

namespace tocsin::config::detail {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick = std::chrono::minutes{5};

void read_interval(const Reading& reading, const View& view, fetcher::FetchOptions& out) {
  out.min_interval = view.duration("min", out.min_interval);
  out.max_interval = view.duration("max", std::max(out.max_interval, out.min_interval));
  if (out.max_interval < out.min_interval) {
    reading.findings->error(*view.get(view.has("max") ? "max" : "min"),
                            "interval.max (" + format_duration(out.max_interval) +
                                ") is less than interval.min (" +
                                format_duration(out.min_interval) + ")",
                            "write min <= default <= max");
    return;
  }
  const auto fallback = view.duration("default");
  out.default_interval =
      std::clamp(fallback.value_or(out.default_interval), out.min_interval, out.max_interval);
  if (fallback && *fallback != out.default_interval)
    reading.findings->error(*view.get("default"),
                            "interval.default (" + format_duration(*fallback) +
                                ") is not between min (" + format_duration(out.min_interval) +
                                ") and max (" + format_duration(out.max_interval) + ")",
                            "write min <= default <= max");
  if (const Node* least = view.get("min"); least != nullptr && out.min_interval < kQuick)
    reading.findings->warn(*least, "feeds may be polled more often than every 5m",
                           "many servers block readers that do; keep it for tests and feeds of "
                           "your own");
}

void read_fetch(const Reading& reading, Config& config) {
  const View view = reading.main().below("fetch");
  auto& out = config.fetch;
  if (const auto agent = reading.main().below("global").text("user_agent"); !agent.empty())
    out.user_agent = agent;
  read_interval(reading, view.below("interval"), out);
  const View per_host = view.below("per_host");
  out.per_host_concurrency =
      static_cast<std::uint32_t>(per_host.integer("concurrency", out.per_host_concurrency));
  out.per_host_spacing = per_host.duration("spacing", out.per_host_spacing);
  out.max_in_flight = static_cast<std::uint32_t>(view.integer("max_in_flight", out.max_in_flight));
  out.proxy = read_secret(view, "proxy", reading.secrets, *reading.findings);
  out.allow_private = view.flag("allow_private", out.allow_private);
  if (const auto size = read_size(view.text("max_body")); size)
    out.max_body = static_cast<std::size_t>(*size);
  out.timeout = view.duration("timeout", out.timeout);
  const View websub = view.below("websub", "callback");
  out.websub_callback = websub.text("callback");
  if (!out.websub_callback.empty() && !reading.main().below("server").has("listen"))
    reading.findings->error(*view.get("websub"), "hubs call the web server, and there is none",
                            "add server: {listen: \"127.0.0.1:8787\"}");

  const View articles = view.below("articles", "mode");
  const auto mode = articles.text("mode", "when_short");
  if (mode == "never") config.articles = ArticleMode::never;
  if (mode == "when_short") config.articles = ArticleMode::when_short;
  if (mode == "on_prefilter") config.articles = ArticleMode::on_prefilter;
  if (mode == "always") config.articles = ArticleMode::always;
  config.article_min_words =
      static_cast<std::uint32_t>(articles.integer("min_words", config.article_min_words));
}

void read_dedup(const View& view, notifier::DedupSpec& out) {
  out.window = view.duration("window", out.window);
  out.canonical_url = view.text("url", "canonical") == "canonical";
  const auto action = view.below("story", "action").text("action", "update");
  if (action == "drop") out.story = notifier::StoryAction::drop;
  if (action == "separate") out.story = notifier::StoryAction::separate;
}

/// True for an address that only this machine reaches.
bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

void read_log(const View& view, LogSpec& out) {
  out.levels = view.text("level", out.levels);
  out.format = view.text("format");
  const View rooms = view.below("rooms");
  if (rooms.node() == nullptr || !rooms.node()->is_mapping()) return;
  const auto& all = rooms.node()->children;
  for (std::size_t i = 0; i + 1 < all.size(); i += 2)
    if (const auto level = rooms.text(all[i]->text); !level.empty())
      out.levels.append(",").append(all[i]->text).append("=").append(level);
}

void read_server(const Reading& reading, ServerSpec& out) {
  const View view = reading.main().below("server");
  out.listen = view.text("listen");
  out.metrics = view.flag("metrics", out.metrics);
  out.token = read_secret(view, "token", reading.secrets, *reading.findings);
  if (out.listen.empty()) return;
  const auto endpoint = read_endpoint(out.listen);
  if (endpoint) {
    out.host = endpoint->host;
    out.port = endpoint->port;
  }
  const bool guarded = view.has("token") || view.has("token_file");
  if (endpoint && !is_loopback(endpoint->host) && !guarded)
    reading.findings->error(*view.get("listen"),
                            "others can reach this address, and no token guards it",
                            "add token_file: PATH, or listen on 127.0.0.1");
}

}  // namespace

std::size_t Reading::count(std::string_view key) const {
  std::size_t out = 0;
  each_item(key, [&](const Node&) { ++out; });
  return out;
}

void Reading::each_item(std::string_view key, const std::function<void(const Node&)>& f) const {
  for (const Node* file : files) {
    const Node* found = View(file).get(key);
    if (found == nullptr || !found->is_list()) continue;
    for (const Node* item : found->children)
      if (!item->damaged && !item->is_null()) f(*item);
  }
}

void Reading::drain_items(std::string_view key, const std::function<bool(const Node&)>& f) const {
  for (Node* file : files) {
    Node* found = file->find(key);
    if (found == nullptr || found->damaged || !found->is_list()) continue;
    std::erase_if(found->children, [&](Node* item) {
      const bool done = !item->damaged && !item->is_null() && f(*item);
      // What an alias stands for is read again where it is repeated.
      if (!done || found->aliased || item->aliased) return false;
      tree->release(*item);
      return true;
    });
  }
}

void Reading::each_entry(std::string_view key,
                         const std::function<void(const Node& name, const Node& value)>& f) const {
  for (const Node* file : files) {
    const Node* found = View(file).get(key);
    if (found == nullptr || !found->is_mapping()) continue;
    for (std::size_t i = 0; i + 1 < found->children.size(); i += 2) {
      const Node* value = found->children[i + 1];
      if (!value->damaged && !value->is_null()) f(*found->children[i], *value);
    }
  }
}

bool UniqueNames::add(const Node& name, std::string_view kept) {
  const auto [first, fresh] = seen_.emplace(kept, Place{name.source, name.start.line});
  if (fresh) return true;
  const auto& there = first->second;
  findings_.error(name, "a second " + std::string(what_) + " is called " + in_quotes(name.text),
                  "the first stands at " + there.source->name() + ":" + std::to_string(there.line) +
                      "; give one of them another name");
  return false;
}

void read_settings(const Reading& reading, Config& config) {
  const View main = reading.main();
  const View global = main.below("global");
  auto& delivery = config.delivery;
  delivery.timezone = global.text("timezone", delivery.timezone);
  delivery.source = global.text("source", delivery.source);
  delivery.console_url = global.text("console_url");
  read_fetch(reading, config);
  read_dedup(main.below("dedup"), delivery.dedup);
  const View health = main.below("health");
  delivery.health.receiver = health.text("receiver");
  delivery.health.feed_down_after =
      health.duration("feed_down_after", delivery.health.feed_down_after);
  delivery.health.delivery_failing_after =
      health.duration("delivery_failing_after", delivery.health.delivery_failing_after);
  const View heartbeat = health.below("heartbeat");
  delivery.health.heartbeat.url = read_secret(heartbeat, "url", reading.secrets, *reading.findings);
  delivery.health.heartbeat.every = heartbeat.duration("every", delivery.health.heartbeat.every);
  const View storage = main.below("storage");
  if (const auto path = storage.path("path"); !path.empty()) config.storage.path = path;
  config.storage.keep_items = storage.duration("keep_items", config.storage.keep_items);
  config.storage.keep_matches = storage.duration("keep_matches", config.storage.keep_matches);
  read_server(reading, config.server);
  read_log(main.below("log", "level"), config.log);
}

}  // namespace tocsin::config::detail
