// SPDX-License-Identifier: MIT
#include "daemon/story_book.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace tocsin::daemon {
namespace {

/// Stories whose feeds are counted: twice as many as the grouper knows items.
constexpr std::size_t kMostStories = 20'000;

/// As much of a text as an event carries, so that an item of the archive reads like the event was.
constexpr std::size_t kTextRead = 2'000;

/// What a story that the item opens is named after.
std::string key_of(const std::string& url, const std::string& id) {
  return url.empty() ? id : text::canonical_url(url);
}

Item readable(std::string url, std::string title, std::string_view text,
              std::vector<Author> authors) {
  Item out;
  out.url = std::move(url);
  out.title = std::move(title);
  out.summary = text::cut_utf8(text, kTextRead);
  out.authors = std::move(authors);
  return out;
}

}  // namespace

StoryBook::StoryBook(std::chrono::milliseconds window)
    : window_(std::chrono::ceil<std::chrono::seconds>(window)),
      grouper_(stories::Grouper::Options{.window = window_}) {}

void StoryBook::set_window(std::chrono::milliseconds window) {
  window_ = std::chrono::ceil<std::chrono::seconds>(window);
  grouper_.set_window(window_);
}

void StoryBook::recall(store::Store& store, Timestamp now) {
  store::ArchiveQuery query;
  query.since = now - window_;
  query.matched = true;
  for (;;) {
    auto rows = store.archived(query);
    if (!rows)
      log::warn("daemon", "cannot read the stories so far", {{"error", rows.error().message}});
    if (!rows || rows->empty()) return;
    for (auto& row : *rows) {
      query.after = row.sequence;
      const auto& item = row.item;
      const auto& text = item.summary.empty() ? item.content_text : item.summary;
      const auto placed = grouper_.place(readable(item.url, item.title, text, item.authors),
                                         key_of(item.url, row.key), row.found);
      count_feed(placed.story, row.feed, row.found);
    }
  }
}

void StoryBook::place(EventItem& item) {
  const auto placed = grouper_.place(readable(item.url, item.title, item.summary, item.authors),
                                     key_of(item.url, item.id), item.found);
  item.story = placed.story;
  item.story_first_seen = placed.first_seen;
  item.story_sources = count_feed(item.story, item.feed.name, item.found);
}

std::uint32_t StoryBook::count_feed(const std::string& story, const std::string& feed,
                                    Timestamp when) {
  // As the grouper does: what is older than the window goes, and more than so many do, oldest
  // first.
  for (auto keep = window_; tellings_.size() >= kMostStories && keep.count() > 0; keep /= 2)
    std::erase_if(tellings_, [&](const auto& entry) { return entry.second.last < when - keep; });
  auto& telling = tellings_[story];
  telling.last = std::max(telling.last, when);
  auto& feeds = telling.feeds;
  if (std::find(feeds.begin(), feeds.end(), feed) == feeds.end()) feeds.push_back(feed);
  return static_cast<std::uint32_t>(feeds.size());
}

}  // namespace tocsin::daemon
