// SPDX-License-Identifier: MIT
#include "config/run_tests.hpp"

#include <algorithm>

#include "base/redact.hpp"
#include "model/event.hpp"
#include "notifier/router.hpp"

namespace tocsin::config {
namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Difference compare(const std::optional<Names>& expected, const Names& got) {
  Difference out;
  if (!expected) return out;
  for (const auto& name : *expected)
    (contains(got, name) ? out.agreed : out.missing).push_back(name);
  for (const auto& name : got)
    if (!contains(*expected, name)) out.extra.push_back(name);
  return out;
}

const fetcher::FeedSpec* find_feed(const Config& config, std::string_view name) {
  const auto found = std::find_if(config.feeds.begin(), config.feeds.end(),
                                  [&](const auto& feed) { return feed.name == name; });
  return found == config.feeds.end() ? nullptr : &*found;
}

EventItem event_item(const TestSpec& test, const fetcher::FeedSpec* feed, Timestamp now) {
  EventItem out;
  out.id = test.item.id;
  out.url = test.item.url;
  out.title = test.item.title;
  out.summary = test.item.summary;
  out.authors = test.item.authors;
  out.published = test.item.published;
  out.found = now;
  out.language = test.item.language;
  out.story = "test";
  out.feed.name = test.feed;
  if (feed == nullptr) return out;
  out.feed.url = feed->url;
  out.feed.labels = feed->labels;
  return out;
}

TestOutcome run_one(const TestSpec& test, const Config& config, const rules::RuleSet& rules,
                    const notifier::Router& router, rules::Scratch& scratch, Timestamp now) {
  const auto* feed = find_feed(config, test.feed);
  const rules::ItemContext context{test.feed, feed == nullptr ? nullptr : &feed->labels, now};
  const auto matches = rules.match(test.item, context, scratch);
  Names watches, receivers;
  std::vector<EventWatch> named;
  for (const auto& match : matches) {
    watches.push_back(match.watch);
    named.push_back({match.watch, match.severity, match.labels});
  }
  for (const auto& notification : router.route(event_item(test, feed, now), named, now))
    if (!contains(receivers, notification.receiver)) receivers.push_back(notification.receiver);
  return {test.name, test.at, compare(test.expect, watches), compare(test.receivers, receivers)};
}

void append(std::string& out, std::string_view what, const Difference& difference, bool colour) {
  if (difference.none()) return;
  const auto line = [&](std::string_view ansi, std::string_view mark, const std::string& name,
                        std::string_view note) {
    out.append("    ")
        .append(colour ? ansi : "")
        .append(mark)
        .append(scrub(name, 200))
        .append(note);
    out.append(colour ? "\x1b[0m\n" : "\n");
  };
  out.append("  ").append(what).append(" (- expected, + got):\n");
  for (const auto& name : difference.agreed) line("", "  ", name, "");
  for (const auto& name : difference.missing) line("\x1b[31m", "- ", name, "");
  for (const auto& name : difference.extra) line("\x1b[32m", "+ ", name, "");
}

}  // namespace

std::vector<TestOutcome> run_tests(const Config& config, const rules::RuleSet& rules, Timestamp now,
                                   std::string_view filter) {
  const notifier::Router router(config.delivery);
  rules::Scratch scratch;
  std::vector<TestOutcome> out;
  for (const auto& test : config.tests)
    if (test.name.find(filter) != std::string::npos)
      out.push_back(run_one(test, config, rules, router, scratch, now));
  return out;
}

std::string render(const TestOutcome& outcome, bool colour) {
  std::string out = scrub(outcome.at.file.str()) + ":" + std::to_string(outcome.at.line) + ":" +
                    std::to_string(outcome.at.column) +
                    ": test failed: " + scrub(outcome.name, 200) + "\n";
  append(out, "watches", outcome.watches, colour);
  append(out, "receivers", outcome.receivers, colour);
  return out;
}

}  // namespace tocsin::config
