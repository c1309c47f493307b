// SPDX-License-Identifier: MIT
#include "daemon/describe.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "base/redact.hpp"
#include "net/origin.hpp"
#include "notifier/context.hpp"
#include "text/url.hpp"

namespace tocsin::daemon {
namespace {

std::string_view text_of(const rules::PlainText& text, const Item& item, Field field,
                         const std::string& authors, const std::string& tags) {
  switch (field) {
    case Field::title: return text.title;
    case Field::summary: return text.summary;
    case Field::body: return text.body;
    case Field::author: return authors;
    case Field::tag: return tags;
    default: return item.url;
  }
}

std::string joined_authors(const Item& item) {
  std::string out;
  for (const auto& author : item.authors) out.append(out.empty() ? "" : "\n").append(author.name);
  return out;
}

std::string joined_tags(const Item& item) {
  std::string out;
  for (const auto& tag : item.tags) out.append(out.empty() ? "" : "\n").append(tag);
  return out;
}

/// The same article from two feeds is one story when their canonical links agree.
std::string story_of(const Item& item, const std::string& key) {
  return stable_id(item.url.empty() ? key : text::canonical_url(item.url));
}

/// The first words of an item, for messages: its summary, else the beginning of its text.
std::string summary_of(const Item& item) {
  constexpr std::size_t kLongest = 2'000;
  const auto& source = item.summary.empty() ? item.content_text : item.summary;
  return std::string(utf8_prefix(source, kLongest));
}

}  // namespace

FeedRef reference_to(const fetcher::FeedSpec& feed) {
  auto url = feed.url;
  static_cast<void>(net::take_credentials(url));
  return {feed.name, std::move(url), feed.labels};
}

FoundItem describe(const Item& item, const std::string& key, const fetcher::FeedSpec& feed,
                   Timestamp found, const std::vector<Match>& matches) {
  FoundItem out;
  out.key = key;
  auto& event = out.item;
  event.id = key;
  event.url = item.url;
  event.title = item.title;
  event.summary = summary_of(item);
  event.authors = item.authors;
  event.published = item.published;
  event.found = found;
  event.feed = reference_to(feed);
  event.language = item.language;
  event.story = story_of(item, key);
  event.story_first_seen = found;
  const auto text = rules::plain_text(item);
  const auto authors = joined_authors(item);
  const auto tags = joined_tags(item);
  for (const auto& match : matches) {
    out.watches.push_back({match.watch, match.severity, match.labels});
    for (const auto& hit : match.hits)
      event.hits.push_back(
          notifier::make_hit(match.watch, hit, text_of(text, item, hit.field, authors, tags)));
  }
  return out;
}

bool keep_unmatched(FoundItem& found, const std::vector<std::string>& matched) {
  const auto is_matched = [&](const std::string& watch) {
    return std::find(matched.begin(), matched.end(), watch) != matched.end();
  };
  std::erase_if(found.watches, [&](const EventWatch& watch) { return is_matched(watch.name); });
  std::erase_if(found.item.hits, [&](const EventHit& hit) { return is_matched(hit.watch); });
  return !found.watches.empty();
}

rules::Scratch& thread_scratch() {
  thread_local rules::Scratch scratch;
  return scratch;
}

}  // namespace tocsin::daemon
