// SPDX-License-Identifier: MIT
#include "notifier/router.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"

namespace tocsin::notifier {

struct Router::Node {
  explicit Node(const Route& from) : route(from), matchers(from.matchers) {
    for (const auto& child : from.routes) children.emplace_back(child);
    route.routes.clear();
  }
  Route route;  ///< without its children
  MatcherSet matchers;
  std::vector<Node> children;
};

struct Router::Inhibition {
  MatcherSet source, target;
  std::vector<std::string> equal;
};

/// What came to one receiver.
struct Router::Arrival {
  const Route* route;  ///< of the leading watch
  std::vector<EventWatch> watches;
  std::size_t leading = 0;
};

Notification health_notification(const std::string& receiver, const Health& health, Timestamp now) {
  Notification notification;
  notification.receiver = receiver;
  notification.type = EventType::health;
  notification.severity = Severity::high;
  notification.created = now;
  notification.health_kind = health.kind;
  notification.health_text = health.text;
  notification.group_labels = {{"kind", health.kind}, {"subject", health.subject}};
  const auto topic = health.kind + '\n' + health.subject;
  notification.group_key = receiver + "/health/" + stable_id(topic, 8);
  notification.id = stable_id(notification.group_key + '\n' + topic + '\n' +
                              std::to_string(now.time_since_epoch().count()));
  return notification;
}

namespace {

/// What `story` means for grouping: an item without a story, or one that is to stand alone, is a
/// story of its own.
std::string story_of(const EventItem& item, StoryAction action) {
  if (!item.story.empty() && action != StoryAction::separate) return item.story;
  return stable_id(item.feed.name + '\n' + item.id, 8);
}

/// Story, feed and language are the item's own, so they agree for any two of its watches.
bool agree(const EventItem& item, const EventWatch& a, const EventWatch& b,
           const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return name == "story" || value_of({item, a}, name) == value_of({item, b}, name);
  });
}

/// A later edition is a notification of its own: it differs from the first by the beginning of its
/// text, or else by the watches that it is about.
std::string edition_of(const EventItem& item, const std::vector<EventWatch>& watches) {
  if (!item.update) return {};
  std::string edition = item.title + '\n' + item.summary;
  for (const auto& watch : watches) edition.append(1, '\n').append(watch.name);
  return stable_id(edition, 8);
}

}  // namespace

Router::Router(const DeliverySpec& spec)
    : story_(spec.dedup.story), root_(std::make_unique<Node>(spec.root)) {
  for (const auto& rule : spec.inhibit)
    inhibitions_.push_back({MatcherSet(rule.source), MatcherSet(rule.target), rule.equal});
}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

std::vector<EventWatch> Router::uninhibited(const EventItem& item,
                                            const std::vector<EventWatch>& watches) const {
  auto inhibited = [&](const EventWatch& target) {
    return std::any_of(inhibitions_.begin(), inhibitions_.end(), [&](const Inhibition& rule) {
      // What is a source itself is never silenced by the same rule: two would silence each other.
      if (!rule.target.hold({item, target}) || rule.source.hold({item, target})) return false;
      return std::any_of(watches.begin(), watches.end(), [&](const EventWatch& source) {
        return rule.source.hold({item, source}) && agree(item, source, target, rule.equal);
      });
    });
  };
  std::vector<EventWatch> left;
  std::copy_if(watches.begin(), watches.end(), std::back_inserter(left),
               [&](const EventWatch& watch) { return !inhibited(watch); });
  return left;
}

void Router::walk(const Node& node, const Subject& subject, std::vector<const Route*>& taken,
                  std::vector<RouteStep>* steps, std::size_t depth) const {
  auto note = [&](bool entered, std::string reason, std::string receiver) {
    if (steps != nullptr)
      steps->push_back({subject.watch.name, node.route.id, depth, entered, std::move(reason),
                        std::move(receiver)});
  };
  note(true, node.route.matchers.empty() ? "takes everything" : "all its matchers hold", "");
  bool passed_on = false;
  for (const auto& child : node.children) {
    if (const auto* failing = child.matchers.failing(subject); failing != nullptr) {
      if (steps != nullptr)
        steps->push_back({subject.watch.name, child.route.id, depth + 1, false,
                          to_string(*failing) + " does not hold: it is \"" +
                              value_of(subject, failing->name) + '"',
                          ""});
      continue;
    }
    walk(child, subject, taken, steps, depth + 1);
    passed_on = true;
    if (!child.route.continues) break;
  }
  if (passed_on || node.route.receiver.empty()) return;
  taken.push_back(&node.route);
  note(true, node.children.empty() ? "it has no routes below" : "no route below took it",
       node.route.receiver);
}

std::vector<RouteStep> Router::explain(const EventItem& item,
                                       const std::vector<EventWatch>& watches) const {
  std::vector<RouteStep> steps;
  const auto left = uninhibited(item, watches);
  for (const auto& watch : watches) {
    const bool inhibited = std::none_of(left.begin(), left.end(), [&](const EventWatch& other) {
      return other.name == watch.name;
    });
    std::vector<const Route*> taken;
    if (inhibited)
      steps.push_back({watch.name, "", 0, false, "inhibited by another watch of this item", ""});
    else if (root_->matchers.hold({item, watch}))
      walk(*root_, {item, watch}, taken, &steps, 0);
  }
  return steps;
}

std::vector<Notification> Router::route(const EventItem& item,
                                        const std::vector<EventWatch>& watches,
                                        Timestamp now) const {
  std::vector<Arrival> arrivals;
  for (const auto& watch : uninhibited(item, watches)) {
    std::vector<const Route*> taken;
    if (root_->matchers.hold({item, watch})) walk(*root_, {item, watch}, taken, nullptr, 0);
    for (const auto* route : taken) {
      auto known = std::find_if(arrivals.begin(), arrivals.end(), [&](const Arrival& arrival) {
        return arrival.route->receiver == route->receiver;
      });
      if (known == arrivals.end()) {
        arrivals.push_back({route, {watch}, 0});
        continue;
      }
      if (known->watches.back().name == watch.name) continue;  // it came by two routes
      if (watch.severity > known->watches[known->leading].severity) {
        known->leading = known->watches.size();
        known->route = route;
      }
      known->watches.push_back(watch);
    }
  }
  std::vector<Notification> all;
  for (const auto& arrival : arrivals) all.push_back(compose(arrival, item, now));
  return all;
}

std::vector<Notification> Router::route_health(const Health& health, const FeedRef& feed,
                                               Timestamp now) const {
  EventItem item;
  item.feed = feed;
  const EventWatch watch{"", Severity::high, {{"kind", health.kind}, {"subject", health.subject}}};
  const Subject subject{item, watch, EventType::health};
  std::vector<const Route*> taken;
  if (root_->matchers.hold(subject)) walk(*root_, subject, taken, nullptr, 0);
  std::vector<Notification> all;
  for (const auto* route : taken) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const Notification& one) {
      return one.receiver == route->receiver;
    });
    if (!known) all.push_back(health_notification(route->receiver, health, now));
  }
  return all;
}

Notification Router::compose(const Arrival& arrival, const EventItem& item, Timestamp now) const {
  const auto& leading = arrival.watches[arrival.leading];
  Notification notification;
  notification.receiver = arrival.route->receiver;
  notification.route = arrival.route->id;
  std::string group = notification.receiver + '\n' + notification.route;
  for (const auto& name : arrival.route->group_by) {
    auto value = name == "story" ? story_of(item, story_) : value_of({item, leading}, name);
    group += '\n' + name + '=' + value;
    notification.group_labels[name] = std::move(value);
  }
  notification.group_key = notification.receiver + '/' + stable_id(group, 8);
  notification.id =
      stable_id(item.feed.name + '\n' + item.id + '\n' + notification.receiver + '\n' +
                notification.group_key + '\n' + edition_of(item, arrival.watches));
  notification.severity = leading.severity;
  notification.created = now;
  notification.watches = arrival.watches;
  notification.item = item;
  std::erase_if(notification.item.hits, [&](const EventHit& hit) {
    return std::none_of(arrival.watches.begin(), arrival.watches.end(),
                        [&](const EventWatch& watch) { return watch.name == hit.watch; });
  });
  return notification;
}

namespace {

template <class Node>
const Route* find_in(const Node& node, std::string_view id) {
  if (node.route.id == id) return &node.route;
  for (const auto& child : node.children)
    if (const auto* found = find_in(child, id); found != nullptr) return found;
  return nullptr;
}

}  // namespace

const Route* Router::find(std::string_view id) const {
  return find_in(*root_, id);
}

}  // namespace tocsin::notifier
