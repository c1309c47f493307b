// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "model/event.hpp"
#include "notifier/context.hpp"

/// Events that the tests of messages and channels share.
namespace tocsin::notifier::sample {

using namespace std::chrono_literals;

inline Timestamp at(int hour, int minute, int second = 0) {
  return std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + std::chrono::seconds{second};
}

/// A hit on the first occurrence of `words` in `text`.
inline EventHit hit(const std::string& watch, Field field, const std::string& words,
                    const std::string& text) {
  const auto start = text.find(words);
  Hit found;
  found.field = field;
  found.start = static_cast<std::uint32_t>(start);
  found.end = static_cast<std::uint32_t>(start + words.size());
  found.text = words;
  found.term = words;
  return make_hit(watch, found, text);
}

inline EventItem item() {
  EventItem out;
  out.id = "https://example.org/a/1";
  out.url = "https://example.org/a/1?x=1&y=2";
  out.title = "Kremlin: Putin to see Ayatollah Khamenei in Tehran";
  out.summary = "They will discuss the nuclear agreement.";
  out.authors = {{"R. Porter", "", "porter@example.org"}};
  out.published = at(8, 0);
  out.found = at(8, 4);
  out.feed = {"tasnim", "https://example.org/feed.xml", {{"country", "ir"}, {"kind", "agency"}}};
  out.language = "en";
  out.story = "5f2c";
  out.story_sources = 3;
  out.story_first_seen = at(7, 30);
  const std::string body =
      "Iran, Russia and Turkey launched the peace talks in Kazakhstan's Astana.\n"
      "They also discussed the Joint Comprehensive Plan of Action (JCPOA) at length.";
  out.hits = {hit("names", Field::title, "Ayatollah Khamenei", out.title),
              hit("jcpoa", Field::body, "Joint Comprehensive Plan of Action", body),
              hit("jcpoa", Field::body, "JCPOA", body)};
  return out;
}

inline Event event() {
  Event out;
  out.id = "0123456789abcdef0123456789abcdef";
  out.time = at(8, 4, 30);
  out.receiver = "desk-mail";
  out.group_key = "root/0|watch=jcpoa|story=5f2c";
  out.group_labels = {{"watch", "jcpoa"}, {"story", "5f2c"}};
  out.severity = Severity::high;
  out.watches = {{"jcpoa", Severity::high, {{"topic", "iran"}}}, {"names", Severity::low, {}}};
  out.items = {item()};
  out.console_url = "http://127.0.0.1:8787/alerts/0123";
  return out;
}

inline Event health() {
  Event out;
  out.id = "fedcba98";
  out.type = EventType::health;
  out.time = at(9, 0);
  out.receiver = "desk-mail";
  out.group_key = "health/feed_down/tass";
  out.severity = Severity::high;
  out.health_kind = "feed_down";
  out.health_text = "the feed tass has been down for 6 h: HTTP 503";
  return out;
}

inline Event digest(std::size_t count) {
  auto out = event();
  out.id = "d19e57";
  out.type = EventType::digest;
  out.items.clear();
  for (std::size_t i = 0; i < count; ++i) {
    auto one = item();
    one.title = "Article " + std::to_string(i + 1) + " on Khamenei";
    one.url = "https://example.org/a/" + std::to_string(i + 1);
    one.story = "story-" + std::to_string(i);
    one.hits = {hit("names", Field::title, "Khamenei", one.title)};
    out.items.push_back(std::move(one));
  }
  return out;
}

}  // namespace tocsin::notifier::sample
