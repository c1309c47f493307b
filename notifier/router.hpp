// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.hpp"
#include "model/notification.hpp"
#include "notifier/matcher.hpp"
#include "notifier/spec.hpp"

namespace tocsin::notifier {

/// Something about tocsin itself that somebody should know.
struct Health {
  std::string kind;     ///< "feed_down", "dead_letter", "disk_nearly_full", ...
  std::string subject;  ///< the feed, receiver or file that it is about
  std::string text;     ///< one sentence
};

/// One look at one route, for `tocsin routes`.
struct RouteStep {
  std::string watch;
  std::string route;      ///< its path
  std::size_t depth = 0;  ///< 0 is the root
  bool entered = false;
  std::string reason;    ///< the matcher that failed, or why the walk ended here
  std::string receiver;  ///< set where the watch is handed to a receiver
};

/// What is stored so that `receiver` is told. Any thread: pure.
Notification health_notification(const std::string& receiver, const Health& health, Timestamp now);

/// Decides who hears of an item: the tree of routes and the rules of inhibition, made ready.
///
/// Each watch that an item matched walks the tree by itself: into the first child whose matchers
/// hold, on to the next children where one says `continue`, and to the route's own receiver where
/// no child took it. What arrives at one receiver is one notification, in the group of its leading
/// watch: the most severe, and of those the first. Any thread: immutable.
class Router {
 public:
  explicit Router(const DeliverySpec& spec);
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  /// At most one notification a receiver, in the order of the tree. Ids and group keys are derived
  /// from content: the same on every machine and after every restart.
  [[nodiscard]] std::vector<Notification> route(const EventItem& item,
                                                const std::vector<EventWatch>& watches,
                                                Timestamp now) const;

  /// Something about tocsin itself: it walks the tree as a watch without a name and of severity
  /// high would, with `type` "health" and the labels "kind" and "subject", beside those of `feed`
  /// where it is about one. One notification a receiver.
  [[nodiscard]] std::vector<Notification> route_health(const Health& health, const FeedRef& feed,
                                                       Timestamp now) const;

  /// Every step of the walk of every watch, in order, for people to read.
  [[nodiscard]] std::vector<RouteStep> explain(const EventItem& item,
                                               const std::vector<EventWatch>& watches) const;

  /// The watches that no rule of inhibition takes out: a rule's target goes when another watch of
  /// the same item is its source and the `equal` values agree.
  [[nodiscard]] std::vector<EventWatch> uninhibited(const EventItem& item,
                                                    const std::vector<EventWatch>& watches) const;

  /// The route with this path, or null.
  [[nodiscard]] const Route* find(std::string_view id) const;

 private:
  struct Node;
  struct Inhibition;
  struct Arrival;
  void walk(const Node& node, const Subject& subject, std::vector<const Route*>& taken,
            std::vector<RouteStep>* steps, std::size_t depth) const;
  [[nodiscard]] Notification compose(const Arrival& arrival, const EventItem& item,
                                     Timestamp now) const;

  StoryAction story_;
  std::unique_ptr<Node> root_;
  std::vector<Inhibition> inhibitions_;
};

}  // namespace tocsin::notifier
