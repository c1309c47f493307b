// SPDX-License-Identifier: MIT
#include "notifier/sifter.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "base/log.hpp"

namespace tocsin::notifier {
namespace {

/// Shorter texts ("Live updates") name no single article.
constexpr std::size_t kTellingText = 80;

/// The keys under which one watch of an article is known to its receiver. They hold the feed as
/// their origin, so that only another feed's telling counts as a duplicate.
std::vector<store::Told> article_keys(const Notification& notification, const EventWatch& watch,
                                      const DedupSpec& dedup) {
  const auto& item = notification.item;
  const auto prefix = notification.receiver + '\n' + watch.name + '\n';
  std::vector<store::Told> keys;
  const auto url = dedup.canonical_url ? article_url(item.url) : std::string();
  if (!url.empty()) keys.push_back({stable_id(prefix + "url\n" + url), item.feed.name});
  if (item.title.size() + item.summary.size() >= kTellingText)
    keys.push_back(
        {stable_id(prefix + "text\n" + item.title + '\n' + item.summary), item.feed.name});
  if (dedup.story == StoryAction::drop && !item.story.empty())
    keys.push_back({stable_id(prefix + "story\n" + item.story), item.feed.name + '\n' + item.id});
  return keys;
}

/// The key under which it is known that a rule's source was told for this story; empty when the
/// rule does not reach beyond one item.
std::string inhibition_key(const std::string& rule, const std::vector<std::string>& equal,
                           const EventItem& item, const EventWatch& watch) {
  const bool by_story = std::find(equal.begin(), equal.end(), "story") != equal.end();
  if (!by_story || item.story.empty()) return {};
  std::string text = "inhibit\n" + rule;
  for (const auto& name : equal)
    text += '\n' + (name == "story" ? item.story : value_of({item, watch}, name));
  return stable_id(text);
}

/// What matchers see of a health notification: its kind and subject are labels.
EventWatch health_watch(const Notification& notification) {
  return {"", notification.severity, notification.group_labels};
}

std::string name_of(const InhibitRule& rule) {
  std::string name;
  for (const auto& matcher : rule.source) name += to_string(matcher) + ' ';
  name += "> ";
  for (const auto& matcher : rule.target) name += to_string(matcher) + ' ';
  return name;
}

}  // namespace

Sifter::Sifter(store::Store& store, const DeliverySpec& spec) : store_(store) {
  configure(spec);
}

void Sifter::configure(const DeliverySpec& spec) {
  dedup_ = spec.dedup;
  rules_.clear();
  for (const auto& rule : spec.inhibit)
    rules_.push_back({name_of(rule), MatcherSet(rule.source), MatcherSet(rule.target), rule.equal});
}

void Sifter::set_silences(const std::vector<store::Silence>& silences) {
  silences_.clear();
  for (const auto& silence : silences) {
    std::vector<Matcher> matchers;
    bool readable = !silence.matchers.empty();
    for (const auto& text : silence.matchers) {
      auto matcher = parse_matcher(text);
      readable = readable && matcher;
      if (matcher) matchers.push_back(std::move(*matcher));
    }
    if (readable)
      silences_.push_back({MatcherSet(matchers), silence.starts, silence.ends});
    else
      log::warn("notifier", "a silence cannot be read", {{"silence", silence.id}});
  }
}

store::Fate Sifter::judge(const Notification& notification, Timestamp now) const {
  if (silenced(notification, now)) return store::Fate::silenced;
  if (notification.type == EventType::health) return store::Fate::released;
  if (inhibited(notification, now)) return store::Fate::inhibited;
  if (duplicate(notification, now)) return store::Fate::duplicate;
  return store::Fate::released;
}

bool Sifter::silenced(const Notification& notification, Timestamp now) const {
  auto covered = [&](const EventWatch& watch) {
    return std::any_of(silences_.begin(), silences_.end(), [&](const Silencer& silence) {
      return silence.starts <= now && now < silence.ends &&
             silence.matchers.hold({notification.item, watch, notification.type});
    });
  };
  if (notification.type == EventType::health) return covered(health_watch(notification));
  return std::all_of(notification.watches.begin(), notification.watches.end(), covered);
}

bool Sifter::inhibited(const Notification& notification, Timestamp now) const {
  const auto& item = notification.item;
  auto taken_out = [&](const EventWatch& watch) {
    return std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
      if (!rule.target.hold({item, watch}) || rule.source.hold({item, watch})) return false;
      const auto key = inhibition_key(rule.name, rule.equal, item, watch);
      return !key.empty() && told_elsewhere({key, ""}, now);
    });
  };
  return !rules_.empty() &&
         std::all_of(notification.watches.begin(), notification.watches.end(), taken_out);
}

bool Sifter::duplicate(const Notification& notification, Timestamp now) const {
  if (notification.item.update && dedup_.story != StoryAction::drop) return false;
  return std::all_of(
      notification.watches.begin(), notification.watches.end(), [&](const EventWatch& watch) {
        const auto keys = article_keys(notification, watch, dedup_);
        return std::any_of(keys.begin(), keys.end(),
                           [&](const store::Told& told) { return told_elsewhere(told, now); });
      });
}

/// True when the key was told with another origin.
bool Sifter::told_elsewhere(const store::Told& told, Timestamp now) const {
  if (const auto fresh = round_.find(told.key); fresh != round_.end())
    return fresh->second != told.origin;
  const auto origin = store_.told_by(told.key, now - dedup_.window);
  return origin && *origin && **origin != told.origin;
}

std::vector<store::Told> Sifter::told(const Notification& notification) {
  std::vector<store::Told> all;
  if (notification.type == EventType::health) return all;
  const auto& item = notification.item;
  for (const auto& watch : notification.watches) {
    for (auto& key : article_keys(notification, watch, dedup_)) all.push_back(std::move(key));
    for (const auto& rule : rules_) {
      if (!rule.source.hold({item, watch})) continue;
      auto key = inhibition_key(rule.name, rule.equal, item, watch);
      if (!key.empty()) all.push_back({std::move(key), item.feed.name + '\n' + item.id});
    }
  }
  for (const auto& told : all) round_[told.key] = told.origin;
  return all;
}

}  // namespace tocsin::notifier
