// SPDX-License-Identifier: MIT
// `route:`, `inhibit_rules:` and `time_intervals:`.
#include <algorithm>

#include "config/detail/read.hpp"
#include "config/detail/values.hpp"
#include "notifier/matcher.hpp"

namespace tocsin::config::detail {
namespace {

using notifier::Route;

std::vector<notifier::Matcher> read_matchers(const View& view, std::string_view key) {
  std::vector<notifier::Matcher> out;
  for (const Node* item : view.items(key))
    if (auto matcher = notifier::parse_matcher(item->text)) out.push_back(std::move(*matcher));
  return out;
}

/// One node of the tree over what it inherits from `above`.
Route read_route(const View& view, const Route& above, std::string id) {
  Route out;
  out.id = std::move(id);
  out.matchers = read_matchers(view, "matchers");
  out.receiver = view.text("receiver", above.receiver);
  out.group_by = view.has("group_by") ? view.texts("group_by") : above.group_by;
  out.wait = view.duration("wait", above.wait);
  out.every = view.duration("every", above.every);
  out.quiet_during = above.quiet_during;
  out.quiet_action = above.quiet_action;
  if (const View quiet = view.below("quiet"); quiet.node() != nullptr) {
    out.quiet_during = quiet.texts("during");
    const auto action = quiet.text("action", "hold");
    out.quiet_action = action == "drop"      ? notifier::QuietAction::drop
                       : action == "deliver" ? notifier::QuietAction::deliver
                                             : notifier::QuietAction::hold;
  }
  out.continues = view.flag("continue", false);
  const Node* below = view.get("routes");
  if (below == nullptr || !below->is_list()) return out;
  for (std::size_t i = 0; i < below->children.size(); ++i)
    if (below->children[i]->is_mapping())
      out.routes.push_back(
          read_route(View(below->children[i]), out, out.id + "/" + std::to_string(i)));
  return out;
}

Route defaults() {
  Route out;
  out.group_by = {"watch", "story"};
  return out;
}

/// Without `route:` every receiver hears of everything.
Route to_everybody(const std::vector<notifier::ReceiverSpec>& receivers) {
  Route root = defaults();
  root.id = "root";
  root.receiver = receivers.front().name;
  for (const auto& receiver : receivers) {
    Route child = defaults();
    child.id = "root/" + receiver.name;
    child.receiver = receiver.name;
    child.continues = true;
    root.routes.push_back(std::move(child));
  }
  return root;
}

void check_root(const View& view, Findings& findings) {
  if (!view.has("receiver"))
    findings.error(*view.node(), "the first route needs a receiver: it takes what no other takes",
                   "add receiver: NAME");
  for (const std::string_view key : {"matchers", "continue"})
    if (view.has(key))
      findings.error(
          *view.node()->find_key(key),
          "the first route takes everything, so '" + std::string(key) + "' has no meaning there",
          "put it into an entry of routes:");
}

notifier::TimeWindow read_window(const View& view, const Config& config, const Reading& reading) {
  notifier::TimeWindow out;
  for (const auto& text : view.texts("times"))
    if (const auto times = read_clock_range(text)) out.times.push_back(*times);
  const Key& days = *kWindowSchema.find("weekdays");
  for (const auto& day : view.texts("weekdays")) {
    const auto found = std::find(days.shape.choices.begin(), days.shape.choices.end(), day);
    if (found != days.shape.choices.end())
      out.weekdays.push_back(static_cast<std::uint8_t>(found - days.shape.choices.begin()));
  }
  out.timezone = view.text("timezone", config.delivery.timezone);
  const bool anywhere = view.has("timezone") || reading.main().below("global").has("timezone");
  const Node* wrong = view.node()->find("timezone");
  if (!anywhere && wrong == nullptr)
    reading.findings->error(*view.node(), "these times have no zone",
                            "add timezone: Europe/Helsinki, or global.timezone");
  return out;
}

void read_intervals(const Reading& reading, Config& config) {
  UniqueNames names("time interval", *reading.findings);
  reading.each_entry("time_intervals", [&](const Node& key, const Node& value) {
    if (!names.add(key)) return;
    notifier::TimeInterval interval{key.text, {}};
    if (value.is_mapping()) interval.windows.push_back(read_window(View(&value), config, reading));
    if (value.is_list())
      for (const Node* window : value.children)
        if (window->is_mapping())
          interval.windows.push_back(read_window(View(window), config, reading));
    config.delivery.intervals.push_back(std::move(interval));
  });
}

}  // namespace

void read_routing(const Reading& reading, Config& config) {
  read_intervals(reading, config);
  const View route = reading.main().below("route");
  if (route.node() != nullptr && route.node()->is_mapping()) {
    check_root(route, *reading.findings);
    config.delivery.root = read_route(route, defaults(), "root");
  } else {
    config.delivery.root = to_everybody(config.delivery.receivers);
  }
  reading.each_item("inhibit_rules", [&](const Node& node) {
    const View view(&node);
    notifier::InhibitRule rule{read_matchers(view, "source"), read_matchers(view, "target"),
                               view.texts("equal")};
    if (!view.has("equal")) rule.equal = {"story"};
    config.delivery.inhibit.push_back(std::move(rule));
  });
}

}  // namespace tocsin::config::detail
