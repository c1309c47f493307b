// SPDX-License-Identifier: MIT
// Watches that look at no feed, and feeds that no watch looks at.
#include <algorithm>
#include <set>

#include "config/detail/references.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::size_t kMostFilters = 1'000;  // different ones; with more, feeds are not compared

bool fits(const Labels& filter, const Labels& labels) {
  return std::all_of(filter.begin(), filter.end(), [&](const auto& wanted) {
    const auto found = labels.find(wanted.first);
    return found != labels.end() && found->second == wanted.second;
  });
}

/// Labels that feeds have, but no feed has together. What is wrong with a single one was said.
void check_watch(const View& watch, const std::set<Labels>& kinds, Findings& findings) {
  const auto filter = watch.labels("feeds");
  const auto known = [&](const auto& label) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const Labels& kind) {
      return fits({{label.first, label.second}}, kind);
    });
  };
  if (filter.size() < 2 || !std::all_of(filter.begin(), filter.end(), known)) return;
  const bool any = std::any_of(kinds.begin(), kinds.end(),
                               [&](const Labels& kind) { return fits(filter, kind); });
  if (!any)
    findings.warn(*watch.get("feeds"),
                  "no feed has all of these labels, so the watch never matches",
                  "leave one out, or write two watches");
}

/// The labels of a feed as it is configured, by its name or address.
const fetcher::FeedSpec* find_feed(const View& view, const Config& config) {
  const auto name = view.text("name");
  const auto url = view.node()->is_scalar() ? view.node()->text : view.text("url");
  const auto found = std::find_if(config.feeds.begin(), config.feeds.end(), [&](const auto& feed) {
    return name.empty() ? feed.url == url : feed.name == name;
  });
  return found == config.feeds.end() ? nullptr : &*found;
}

}  // namespace

void check_coverage(const Reading& reading, const Config& config) {
  auto& findings = *reading.findings;
  std::set<Labels> kinds, filters;
  for (const auto& feed : config.feeds) kinds.insert(feed.labels);
  if (kinds.empty()) return;
  reading.each_item("watches", [&](const Node& node) {
    if (View(&node).has("feeds")) check_watch(View(&node), kinds, findings);
  });
  for (const auto& watch : config.rules.watches)
    if (filters.size() <= kMostFilters) filters.insert(watch.feeds);
  if (filters.empty() || filters.contains({}) || filters.size() > kMostFilters) return;
  std::erase_if(kinds, [&](const Labels& kind) {
    return std::any_of(filters.begin(), filters.end(),
                       [&](const Labels& filter) { return fits(filter, kind); });
  });
  if (kinds.empty()) return;
  reading.each_item("feeds", [&](const Node& node) {
    const auto* const feed = find_feed(View(&node), config);
    if (feed != nullptr && kinds.contains(feed->labels))
      findings.warn(node, "no watch looks at this feed: each has feeds: that leave it out",
                    "give it the labels that a watch asks for, or remove it");
  });
}

}  // namespace tocsin::config::detail
