// SPDX-License-Identifier: MIT
#include "notifier/grouper.hpp"

#include <algorithm>
#include <iterator>

namespace tocsin::notifier {
namespace {

/// Most notifications in one event: a message of more is read by nobody.
constexpr std::size_t kLargestBatch = 100;

}  // namespace

Grouper::Grouper(const DeliverySpec& spec) : intervals_(spec.intervals) {
  configure(spec, {});
}

void Grouper::configure(const DeliverySpec& spec, Timestamp now) {
  timings_.clear();
  longest_ = {};
  add_routes(spec.root);
  intervals_ = Intervals(spec.intervals);
  auto old = std::exchange(receivers_, {});
  for (const auto& one : spec.receivers) {
    auto& receiver = receivers_[one.name];
    receiver.digest = one.digest;
    receiver.throttle = one.throttle;
    if (one.digest) receiver.zone = zone_or_utc(one.digest->timezone);
    if (const auto known = old.find(one.name); known != old.end())
      receiver.releases = std::move(known->second.releases);
  }
  // Groups are formed anew, since a receiver may have got or lost its digest.
  auto groups = std::exchange(groups_, {});
  order_.clear();
  size_ = 0;
  for (auto& [key, group] : groups)
    for (auto& notification : group.waiting) add(std::move(notification), now);
}

void Grouper::add_routes(const Route& route) {
  timings_[route.id] = {route.wait, route.every, route.quiet_during, route.quiet_action};
  longest_ = std::max(longest_, route.every);
  for (const auto& child : route.routes) add_routes(child);
}

void Grouper::restore(const store::GroupState& state) {
  last_release_[state.group_key] = state.last_release;
}

void Grouper::restore(const std::string& receiver, const std::vector<Timestamp>& times) {
  receiver_of(receiver).releases.assign(times.begin(), times.end());
}

void Grouper::add(Notification notification, Timestamp now) {
  const bool health = notification.type == EventType::health;
  const bool digest = !health && receiver_of(notification.receiver).digest.has_value();
  const auto key = digest ? notification.receiver + "/digest" : notification.group_key;
  auto& group = groups_[key];
  const bool first = group.waiting.empty();
  if (first) {
    group.receiver = notification.receiver;
    group.key = key;
    group.route = notification.route;
    group.type = health ? EventType::health : digest ? EventType::digest : EventType::alert;
  }
  group.waiting.push_back(std::move(notification));
  ++size_;
  if (first) schedule(group, first_due(group, now));
}

void Grouper::schedule(Group& group, Timestamp due) {
  order_.erase({group.due, group.key});
  group.due = due;
  order_.insert({due, group.key});
}

const Grouper::Timing& Grouper::timing_of(const Group& group) const {
  static const Timing none;  // of health, and of routes that a reload took away
  if (group.type == EventType::health) return none;
  const auto found = timings_.find(group.route);
  return found == timings_.end() ? none : found->second;
}

Timestamp Grouper::first_due(const Group& group, Timestamp now) const {
  const auto created = std::min(group.waiting.front().created, now);
  if (group.type == EventType::health) return created;
  if (group.type == EventType::digest) {
    const auto& receiver = receivers_.find(group.receiver)->second;
    return next_digest(*receiver.digest, *receiver.zone, created);
  }
  const auto& timing = timing_of(group);
  const auto last = last_release_.find(group.key);
  if (last == last_release_.end()) return created + timing.wait;
  const auto next = std::min(last->second, now) + timing.every;
  return next > created ? next : created + timing.wait;
}

std::optional<Timestamp> Grouper::next() const {
  if (order_.empty()) return std::nullopt;
  return order_.begin()->first;
}

Grouper::Group Grouper::take(std::string key) {
  auto node = groups_.extract(key);
  auto group = std::move(node.mapped());
  order_.erase({group.due, group.key});
  size_ -= group.waiting.size();
  return group;
}

std::vector<Batch> Grouper::due(Timestamp now) {
  if (now < last_look_)  // the clock was set back: no time may lie further ahead than it should
    for (auto& [key, group] : groups_) schedule(group, first_due(group, now));
  last_look_ = now;
  std::vector<Batch> out;
  while (!order_.empty() && order_.begin()->first <= now) {
    auto& group = groups_.find(order_.begin()->second)->second;
    if (const auto end = held_until(group, now); end && *end > now) {
      schedule(group, *end);
      continue;
    }
    const auto& timing = timing_of(group);
    const bool dropped = group.type == EventType::alert && timing.action == QuietAction::drop &&
                         intervals_.until(timing.quiet, now).has_value();
    release(take(group.key), dropped ? store::Fate::quiet : store::Fate::released, now, out);
  }
  forget_old(now);
  return out;
}

// Holding is what quiet hours, a digest that is too small and a throttle have in common.
std::optional<Timestamp> Grouper::held_until(const Group& group, Timestamp now) {
  if (group.type == EventType::health) return std::nullopt;
  auto& receiver = receiver_of(group.receiver);
  if (group.type == EventType::digest) {
    if (group.waiting.size() >= receiver.digest->min_items) return std::nullopt;
    return next_digest(*receiver.digest, *receiver.zone, now);
  }
  const auto& timing = timing_of(group);
  if (!timing.quiet.empty() && timing.action != QuietAction::deliver) {
    const auto end = intervals_.until(timing.quiet, now);
    if (end && timing.action == QuietAction::hold) return end;
    if (end) return std::nullopt;
  }
  const auto admitted = throttled_until(receiver, now);
  if (admitted) groups_.find(group.key)->second.overflow = true;
  return admitted;
}

std::optional<Timestamp> Grouper::throttled_until(Receiver& receiver, Timestamp now) {
  if (!receiver.throttle || receiver.throttle->count == 0) return std::nullopt;
  auto& releases = receiver.releases;
  // A release that lies ahead was made before the clock was set back: it cannot be judged.
  while (!releases.empty() &&
         (releases.front() + receiver.throttle->per <= now || releases.front() > now))
    releases.pop_front();
  if (releases.size() < receiver.throttle->count) return std::nullopt;
  return releases[releases.size() - receiver.throttle->count] + receiver.throttle->per;
}

/// Joins every other group of the receiver that the throttle held back and that is due by now.
void Grouper::merge_overflow(Group& into, Timestamp now) {
  std::vector<std::string> others;
  for (const auto& [key, group] : groups_)
    if (group.overflow && group.receiver == into.receiver && group.due <= now &&
        !intervals_.until(timing_of(group).quiet, now))
      others.push_back(key);
  if (others.empty()) return;
  for (const auto& key : others) {
    auto other = take(key);
    last_release_[key] = now;
    std::move(other.waiting.begin(), other.waiting.end(), std::back_inserter(into.waiting));
  }
  last_release_[into.key] = now;
  into.type = EventType::digest;
  into.key = into.receiver + "/overflow";
}

void Grouper::release(Group group, store::Fate fate, Timestamp now, std::vector<Batch>& out) {
  if (group.overflow && fate == store::Fate::released) merge_overflow(group, now);
  std::optional<Timestamp> before;
  if (const auto last = last_release_.find(group.key); last != last_release_.end())
    before = last->second;
  if (fate == store::Fate::released) {
    last_release_[group.key] = now;
    auto& receiver = receiver_of(group.receiver);
    if (receiver.throttle && group.type != EventType::health) receiver.releases.push_back(now);
  }
  if (group.type == EventType::digest)
    std::stable_sort(group.waiting.begin(), group.waiting.end(), more_telling);
  const auto largest = group.type == EventType::health ? 1 : kLargestBatch;
  for (auto from = group.waiting.begin(); from != group.waiting.end();) {
    const auto left = static_cast<std::size_t>(group.waiting.end() - from);
    const auto to = from + static_cast<std::ptrdiff_t>(std::min(largest, left));
    out.push_back({group.receiver,
                   group.key,
                   group.type,
                   fate,
                   {std::move_iterator(from), std::move_iterator(to)},
                   before});
    from = to;
  }
}

void Grouper::discount(const Batch& batch) {
  if (batch.last_release)
    last_release_[batch.group_key] = *batch.last_release;
  else
    last_release_.erase(batch.group_key);
  auto& releases = receiver_of(batch.receiver).releases;
  const bool counted = batch.fate == store::Fate::released && batch.type != EventType::health;
  if (counted && !releases.empty()) releases.pop_back();
}

void Grouper::put_back(Batch batch, Timestamp now) {
  discount(batch);
  for (auto& notification : batch.notifications) add(std::move(notification), now);
}

void Grouper::forget_old(Timestamp now) {
  if (last_release_.size() < forget_at_) return;
  std::erase_if(last_release_, [&](const auto& entry) { return entry.second + longest_ <= now; });
  forget_at_ = std::max<std::size_t>(4096, 2 * last_release_.size());
}

}  // namespace tocsin::notifier
