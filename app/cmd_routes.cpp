// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"
#include "base/clock.hpp"
#include "base/time_format.hpp"
#include "notifier/router.hpp"
#include "parser/item_json.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin routes --config FILE [--item ITEM.json]

The tree of routes; with --item, the way that one article takes through it, and why: which watches
match it, which routes they enter or pass by, who is told, in which group and how soon.

  --config FILE   the configuration; it needs no feeds
  --item FILE     one JSON Feed item; "feed" names the configured feed that it comes from

Exit status: 0; 1 when nobody would be told; 2 when something cannot be read.

Example:
  tocsin routes --config tocsin.yaml --item article.json
)";

std::string timing_of(const notifier::Route& route) {
  std::string text = "wait " + format_duration(route.wait);
  if (route.every.count() != 0) text += ", every " + format_duration(route.every);
  for (const auto& name : route.quiet_during) text += ", quiet during " + name;
  return text;
}

void print_tree(const notifier::Route& route, std::size_t depth) {
  std::cout << std::string(2 * depth, ' ') << route.id << ":";
  if (route.matchers.empty()) std::cout << " everything";
  for (const auto& matcher : route.matchers) std::cout << ' ' << to_string(matcher);
  if (!route.receiver.empty()) std::cout << " -> " << route.receiver;
  std::cout << " (" << timing_of(route) << ")" << (route.continues ? " and goes on" : "") << '\n';
  for (const auto& child : route.routes) print_tree(child, depth + 1);
}

/// What routing sees of an article: enough for matchers and groups.
EventItem event_item(const parser::JsonItem& read, const config::Config& config) {
  EventItem item;
  item.id = read.item.id;
  item.url = read.item.url;
  item.title = read.item.title;
  item.summary = read.item.summary;
  item.language = read.item.language;
  item.feed.name = read.feed;
  const auto feed = std::find_if(config.feeds.begin(), config.feeds.end(),
                                 [&](const auto& one) { return one.name == read.feed; });
  if (feed != config.feeds.end()) item.feed = {feed->name, feed->url, feed->labels};
  return item;
}

void print_steps(const std::vector<notifier::RouteStep>& steps) {
  std::string watch;
  for (const auto& step : steps) {
    if (step.watch != watch) std::cout << "watch " << step.watch << '\n';
    watch = step.watch;
    std::cout << std::string(2 * step.depth + 2, ' ');
    if (!step.receiver.empty()) {
      std::cout << "-> " << step.receiver << " (" << step.reason << ")\n";
      continue;
    }
    std::cout << (step.entered ? "" : "not ") << step.route << ": " << step.reason << '\n';
  }
}

int explain(const daemon::Settings& settings, const parser::JsonItem& read) {
  const auto item = event_item(read, settings.config);
  rules::Scratch scratch;
  const rules::ItemContext context{item.feed.name, &item.feed.labels, {}};
  std::vector<EventWatch> watches;
  for (const auto& match : settings.rules->match(read.item, context, scratch))
    watches.push_back({match.watch, match.severity, match.labels});
  if (watches.empty()) {
    std::cout << "no watch matches this article\n";
    return kFindings;
  }
  const notifier::Router router(settings.config.delivery);
  print_steps(router.explain(item, watches));
  const auto told = router.route(item, watches, SystemClock().now());
  for (const auto& one : told) {
    std::cout << "told: " << one.receiver << ", by " << one.route << ", severity "
              << to_string(one.severity) << ", watches";
    for (const auto& watch : one.watches) std::cout << ' ' << watch.name;
    for (const auto& [name, value] : one.group_labels) std::cout << ", " << name << '=' << value;
    if (const auto* route = router.find(one.route); route != nullptr)
      std::cout << ", " << timing_of(*route);
    std::cout << '\n';
  }
  if (told.empty()) std::cout << "nobody would be told\n";
  return told.empty() ? kFindings : kFine;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}, {"--item", true}});
  if (!options) return usage_error("routes", options.error().message);
  if (!options->operands.empty())
    return usage_error(
        "routes", "unexpected '" + options->operands.front() + "'; the article goes after --item");
  if (!options->has("--config")) return usage_error("routes", "--config FILE is missing");
  config::LoadOptions lenient;
  lenient.need_feeds = false;
  const auto settings = load_settings(options->value("--config"), lenient, std::cerr);
  if (!settings) return kUsage;
  if (!options->has("--item")) {
    print_tree(settings->config.delivery.root, 0);
    return kFine;
  }
  const auto text = read_input(options->value("--item"));
  if (!text) return usage_error("routes", text.error().message);
  const auto item = parser::item_from_json(*text);
  if (!item) return usage_error("routes", options->value("--item") + ": " + item.error().message);
  return explain(*settings, *item);
}

}  // namespace

const Command kRoutesCommand = {"routes", "who is told of an article, and why", kHelp, &run};

}  // namespace tocsin::app
