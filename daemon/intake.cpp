// SPDX-License-Identifier: MIT
#include "daemon/intake.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "daemon/key_set.hpp"
#include "parser/identity.hpp"
#include "parser/parser.hpp"

namespace tocsin::daemon {
namespace {

// Keys remembered at the least: some feeds shrink to nothing and grow again.
constexpr std::size_t kLeastKeys = 800;
constexpr std::size_t kDocumentsRemembered = 10;

fetcher::Lesson lesson_of(const Feed& feed, Timestamp now) {
  fetcher::Lesson lesson;
  lesson.parsed = true;
  lesson.truncated = feed.truncated;
  if (feed.ttl) lesson.wish.ttl = *feed.ttl;
  lesson.wish.skip_hours = feed.skip_hours;
  lesson.wish.skip_days = feed.skip_days;
  if (!feed.hubs.empty()) {
    lesson.hub = feed.hubs.front();
    lesson.topic = feed.self;
  }
  std::vector<Timestamp> dates;
  for (const auto& item : feed.items)
    if (item.published) dates.push_back(*item.published);
  lesson.gap = fetcher::usual_gap(std::move(dates), now);
  return lesson;
}

/// Where the answer itself names a hub, that counts; a feed that does not say what it is called
/// there is called by its address (W3C WebSub, section 4).
void learn_hub(const fetcher::Document& document, fetcher::Lesson& lesson) {
  if (!document.hub.empty()) lesson.hub = document.hub;
  if (!document.topic.empty()) lesson.topic = document.topic;
  if (!lesson.hub.empty() && lesson.topic.empty()) lesson.topic = document.final_url;
}

bool is_known(const parser::ItemKeys& keys, const KeySet& seen) {
  return seen.contains(keys.primary) || seen.contains(keys.by_link) || seen.contains(keys.by_text);
}

bool is_edited(const parser::ItemKeys& keys, const KeySet& seen) {
  return keys.content != 0 && seen.contains(keys.primary) && !seen.contains(keys.content);
}

std::vector<std::uint64_t> all_keys(const std::vector<parser::ItemKeys>& keys) {
  std::vector<std::uint64_t> out;
  out.reserve(keys.size() * 4);
  for (const auto& item : keys)
    for (const auto key : {item.primary, item.by_link, item.by_text, item.content})
      if (key != 0) out.push_back(key);
  return out;
}

/// Whether a new item may alert: always, but for the items of a feed's very first document.
bool may_alert(const Item& item, const IntakeInput& input) {
  if (!input.first_fetch) return true;
  switch (input.feed.first_fetch) {
    case fetcher::FirstFetch::silent: return false;
    case fetcher::FirstFetch::all: return true;
    case fetcher::FirstFetch::recent:
      return item.published && input.now - *item.published <= input.feed.first_fetch_age;
  }
  return false;
}

/// The wish for the page of a new item, where the rule wants it and it has one.
void wish_page(const Item& item, const std::string& key, const IntakeInput& input,
               const rules::ItemContext& context, Intake& out) {
  auto url = fetcher::page_of(item);
  if (url.empty() || !may_alert(item, input)) return;
  if (!wants_page(input.pages, item, *input.rules, context)) return;
  store::PageWish wish;
  wish.feed = input.feed.name;
  wish.key = key;
  wish.url = std::move(url);
  wish.wished = wish.due = input.now;
  out.pages.push_back(std::move(wish));
}

}  // namespace

std::vector<std::uint64_t> remember(std::vector<std::uint64_t> seen,
                                    const std::vector<std::uint64_t>& document_keys) {
  KeySet current(document_keys.size());
  std::vector<std::uint64_t> added;
  added.reserve(document_keys.size());
  for (const auto key : document_keys)
    if (current.insert(key)) added.push_back(key);
  std::erase_if(seen, [&](std::uint64_t key) { return current.contains(key); });
  const auto most = std::max(kLeastKeys, kDocumentsRemembered * document_keys.size());
  const auto room = most - std::min(most, added.size());
  if (seen.size() > room) seen.erase(seen.begin(), seen.end() - static_cast<std::ptrdiff_t>(room));
  seen.insert(seen.end(), added.begin(), added.end());
  return seen;
}

Intake take_in(const IntakeInput& input) {
  Intake out;
  parser::Source source;
  source.url = input.document.final_url;
  source.content_type = input.document.content_type;
  parser::Limits limits;
  limits.html = parser::Html::leave_out;  // rules, alerts and archive go by the plain text
  auto feed = parser::parse_feed(input.document.body, source, limits);
  if (feed)
    out.lesson = lesson_of(*feed, input.now);
  else
    out.lesson.error = feed.error().message;
  out.lesson.pushed = input.document.pushed;
  out.lesson.validators = input.document.validators;
  if (!feed) return out;
  learn_hub(input.document, out.lesson);
  out.warnings = std::move(feed->warnings);
  out.items = feed->items.size();
  const auto keys = parser::identify(*feed);
  const KeySet seen(input.seen);
  if (input.seen.empty()) out.archive.reserve(feed->items.size());
  rules::ItemContext context;
  context.feed = input.feed.name;
  context.labels = &input.feed.labels;
  context.now = input.now;
  for (std::size_t i = 0; i < feed->items.size(); ++i) {
    auto& item = feed->items[i];
    const bool known = is_known(keys[i], seen);
    if (known && !is_edited(keys[i], seen)) continue;
    if (!known) ++out.lesson.new_items;
    if (item.language.empty()) item.language = feed->language;
    auto matches = input.rules->match(item, context, thread_scratch());
    if (!matches.empty() && may_alert(item, input)) {
      out.found.push_back(describe(item, keys[i].id, input.feed, input.now, matches));
      out.found.back().item.update = known;
    }
    if (!known) wish_page(item, keys[i].id, input, context, out);
    store::ArchivedItem archived;
    archived.key = keys[i].id;
    archived.item = std::move(item);
    archived.found = input.now;
    archived.matches = std::move(matches);
    out.archive.push_back(std::move(archived));
  }
  const auto document_keys = all_keys(keys);
  out.seen_changed = std::any_of(document_keys.begin(), document_keys.end(),
                                 [&](std::uint64_t key) { return !seen.contains(key); });
  if (out.seen_changed) out.seen = remember(input.seen, document_keys);
  return out;
}

}  // namespace tocsin::daemon
