// SPDX-License-Identifier: MIT
#include "notifier/detail/template_data.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "base/time_format.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier::detail {
namespace {

using kainjow::mustache::data;

constexpr std::size_t kTitleChars = 400;
constexpr std::size_t kSummaryChars = 2'000;
constexpr std::size_t kShownHits = 3;
// A message with more is read by nobody, and would hold the loop up.
constexpr std::size_t kShownItems = 100;

constexpr std::array kEvent = {Name{"id"},
                               Name{"type"},
                               Name{"time"},
                               Name{"time_utc"},
                               Name{"receiver"},
                               Name{"severity"},
                               Name{"group_key"},
                               Name{"headline"},
                               Name{"watch"},
                               Name{"count"},
                               Name{"count_text"},
                               Name{"one"},
                               Name{"many"},
                               Name{"left_out"},
                               Name{"more"},
                               Name{"is_alert"},
                               Name{"is_digest"},
                               Name{"is_health"},
                               Name{"is_low"},
                               Name{"is_normal"},
                               Name{"is_high"},
                               Name{"is_critical"},
                               Name{"health_kind"},
                               Name{"health_text"},
                               Name{"console_url"},
                               Name{"event_json"},
                               Name{"labels", Scope::labels},
                               Name{"watches", Scope::watch},
                               Name{"items", Scope::item},
                               Name{"item", Scope::item}};

constexpr std::array kItem = {Name{"id"},
                              Name{"url"},
                              Name{"link"},
                              Name{"title"},
                              Name{"title_marked"},
                              Name{"summary"},
                              Name{"summary_marked"},
                              Name{"byline"},
                              Name{"published"},
                              Name{"published_utc"},
                              Name{"found"},
                              Name{"found_utc"},
                              Name{"age"},
                              Name{"language"},
                              Name{"update"},
                              Name{"watch"},
                              Name{"words"},
                              Name{"number"},
                              Name{"authors", Scope::author},
                              Name{"feed", Scope::feed},
                              Name{"story", Scope::story},
                              Name{"hits", Scope::hit},
                              Name{"lines", Scope::hit}};

constexpr std::array kWatch = {Name{"name"}, Name{"severity"}, Name{"labels", Scope::labels}};
constexpr std::array kHit = {Name{"watch"}, Name{"field"},   Name{"text"},          Name{"term"},
                             Name{"form"},  Name{"context"}, Name{"context_marked"}};
constexpr std::array kFeed = {Name{"name"}, Name{"url"}, Name{"labels", Scope::labels}};
constexpr std::array kStory = {Name{"id"}, Name{"sources"}, Name{"others"}, Name{"first_seen"}};
constexpr std::array kAuthor = {Name{"name"}, Name{"url"}, Name{"email"}};
constexpr std::array<std::string_view, 4> kHelpers = {"cut", "date", "json", "url_encode"};

void put(data& out, const std::string& name, const std::string& value) {
  if (!value.empty()) out[name] = data{value};
}

void put_flag(data& out, const std::string& name, bool value) {
  out[name] = data{value};
}

/// Moves: `set` would copy all that is in `value`.
void put_data(data& out, const std::string& name, data value) {
  out[name] = std::move(value);
}

data labels_data(const Labels& labels) {
  data out;
  for (const auto& [name, value] : labels) put(out, name, one_line(value));
  return out;
}

data hit_data(const EventItem& item, const EventHit& hit, const Marker& marker) {
  data out;
  put(out, "watch", hit.watch);
  put(out, "field", std::string(to_string(hit.hit.field)));
  put(out, "text", one_line(hit.hit.text));
  put(out, "term", one_line(hit.hit.term));
  put(out, "form", one_line(hit.hit.form));
  put(out, "context", hit.context);
  put(out, "context_marked", marked_context(item, hit, marker));
  return out;
}

std::string byline(const EventItem& item) {
  std::string out;
  for (const auto& author : item.authors) {
    const auto name = one_line(author.name.empty() ? author.email : author.name);
    if (name.empty()) continue;
    if (!out.empty()) out += ", ";
    out += name;
  }
  return cut_at_word(out, 120);
}

data authors_data(const EventItem& item) {
  data out{data::type::list};
  for (const auto& author : item.authors) {
    data one;
    put(one, "name", one_line(author.name));
    put(one, "url", one_line(author.url));
    put(one, "email", one_line(author.email));
    out << one;
  }
  return out;
}

data feed_data(const FeedRef& feed) {
  data out;
  put(out, "name", one_line(feed.name));
  put(out, "url", one_line(feed.url));
  put_data(out, "labels", labels_data(feed.labels));
  return out;
}

data story_data(const EventItem& item, const RenderOptions& options) {
  data out;
  put(out, "id", item.story);
  put(out, "sources", std::to_string(item.story_sources));
  if (item.story_sources > 1) put(out, "others", std::to_string(item.story_sources - 1));
  if (item.story_first_seen != Timestamp{})
    put(out, "first_seen", local_time(item.story_first_seen, options.timezone));
  return out;
}

std::string joined_words(const EventItem& item) {
  std::string out;
  for (const auto& words : matched_words(item)) {
    if (!out.empty()) out += ", ";
    out += words;
  }
  return cut_at_word(out, 300);
}

data item_data(const Event& event, const EventItem& item, const RenderOptions& options,
               const Marker& marker, std::size_t number) {
  data out;
  put(out, "id", one_line(item.id));
  put(out, "url", one_line(item.url));
  if (is_web_url(item.url)) put(out, "link", item.url);
  put(out, "title", cut_at_word(title_of(item), kTitleChars));
  put(out, "title_marked", marked_title(item, marker, kTitleChars));
  const auto summary = cut_at_word(one_line(item.summary), kSummaryChars);
  put(out, "summary", summary);
  put(out, "summary_marked", mark(summary, spans_in(item, Field::summary, summary), marker));
  put(out, "byline", byline(item));
  if (!item.authors.empty()) put_data(out, "authors", authors_data(item));
  if (item.published) {
    put(out, "published", local_time(*item.published, options.timezone));
    put(out, "published_utc", format_rfc3339(*item.published));
  }
  if (item.found != Timestamp{}) {
    put(out, "found", local_time(item.found, options.timezone));
    put(out, "found_utc", format_rfc3339(item.found));
  }
  put(out, "age", age_text(item));
  put(out, "language", one_line(item.language));
  put_flag(out, "update", item.update);
  put(out, "watch", one_line(watch_names(item, event)));
  put(out, "words", joined_words(item));
  put(out, "number", std::to_string(number));
  put_data(out, "feed", feed_data(item.feed));
  if (!item.story.empty()) put_data(out, "story", story_data(item, options));
  data hits{data::type::list};
  for (const auto& hit : item.hits) hits << hit_data(item, hit, marker);
  put_data(out, "hits", std::move(hits));
  data lines{data::type::list};
  for (const auto& hit : shown_hits(item, kShownHits)) lines << hit_data(item, hit, marker);
  put_data(out, "lines", std::move(lines));
  return out;
}

data watches_data(const Event& event) {
  data out{data::type::list};
  for (const auto& watch : event.watches) {
    data one;
    put(one, "name", watch.name);
    put(one, "severity", std::string(to_string(watch.severity)));
    put_data(one, "labels", labels_data(watch.labels));
    out << one;
  }
  return out;
}

void put_flags(data& out, const Event& event) {
  put_flag(out, "one", event.items.size() == 1);
  put_flag(out, "many", event.items.size() > 1);
  put_flag(out, "is_alert", event.type == EventType::alert);
  put_flag(out, "is_digest", event.type == EventType::digest);
  put_flag(out, "is_health", event.type == EventType::health);
  for (const auto s : {Severity::low, Severity::normal, Severity::high, Severity::critical})
    put_flag(out, std::string("is_").append(to_string(s)), event.severity == s);
}

}  // namespace

std::span<const Name> names_of(Scope scope) {
  switch (scope) {
    case Scope::event: return kEvent;
    case Scope::item: return kItem;
    case Scope::watch: return kWatch;
    case Scope::hit: return kHit;
    case Scope::feed: return kFeed;
    case Scope::story: return kStory;
    case Scope::author: return kAuthor;
    case Scope::labels:
    case Scope::text:
    case Scope::none: return {};
  }
  return {};
}

std::span<const std::string_view> helpers() {
  return kHelpers;
}

data template_data(const Event& event, const RenderOptions& options, const Marker& marker) {
  data out;
  put(out, "id", event.id);
  put(out, "type", std::string(to_string(event.type)));
  put(out, "time", local_time(event.time, options.timezone));
  put(out, "time_utc", format_rfc3339(event.time));
  put(out, "receiver", event.receiver);
  put(out, "severity", std::string(to_string(event.severity)));
  put(out, "group_key", one_line(event.group_key));
  put(out, "headline", headline(event));
  put(out, "watch", one_line(watch_names(event)));
  put(out, "count", std::to_string(event.items.size()));
  put(out, "count_text", count_text(event.items.size(), "article"));
  if (event.items.size() > 1) put(out, "more", std::to_string(event.items.size() - 1));
  put_flags(out, event);
  put(out, "health_kind", one_line(event.health_kind));
  put(out, "health_text", one_line(event.health_text));
  if (is_web_url(event.console_url)) put(out, "console_url", event.console_url);
  put_data(out, "labels", labels_data(event.group_labels));
  put_data(out, "watches", watches_data(event));
  data items{data::type::list};
  std::size_t number = 0;
  for (const auto& item : event.items) {
    if (number == kShownItems) break;
    items << item_data(event, item, options, marker, ++number);
  }
  if (number < event.items.size())
    put(out, "left_out", std::to_string(event.items.size() - number));
  if (number > 0) put_data(out, "item", items.list_value().front());
  put_data(out, "items", std::move(items));
  return out;
}

}  // namespace tocsin::notifier::detail
