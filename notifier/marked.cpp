// SPDX-License-Identifier: MIT
#include "notifier/marked.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::int64_t kSlack = 8;

/// `spans` in order, inside `size`, with those that overlap or touch made one.
std::vector<Span> tidy(std::vector<Span> spans, std::size_t size) {
  std::erase_if(spans, [&](const Span& s) { return s.start >= s.end || s.start >= size; });
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.start < b.start; });
  std::vector<Span> out;
  for (auto span : spans) {
    span.end = std::min(span.end, size);
    if (!out.empty() && span.start <= out.back().end)
      out.back().end = std::max(out.back().end, span.end);
    else
      out.push_back(span);
  }
  return out;
}

std::string escaped(std::string_view text, const Marker& marker) {
  return marker.escape == nullptr ? std::string(text) : marker.escape(text);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

}  // namespace

Marker plain_marker() {
  return {"[", "]", nullptr};
}

Marker ansi_marker() {
  return {"\x1b[1m", "\x1b[22m", nullptr};
}

Marker html_marker() {
  // The colours stand here too, for the mail programs that have none of their own for <mark>.
  return {"<mark style=\"background-color:#ffe58f;color:#1c1e21\">", "</mark>", &escape_html};
}

Marker chat_html_marker() {
  return {"<b>", "</b>", &escape_html};
}

Marker mrkdwn_marker() {
  return {"*", "*", &escape_mrkdwn};
}

Marker markdown_marker() {
  return {"**", "**", &escape_markdown};
}

std::string mark(std::string_view text, std::vector<Span> spans, const Marker& marker) {
  std::string out;
  std::size_t done = 0;
  for (const auto& span : tidy(std::move(spans), text.size())) {
    out += escaped(text.substr(done, span.start - done), marker);
    out.append(marker.open);
    out += escaped(text.substr(span.start, span.end - span.start), marker);
    out.append(marker.close);
    done = span.end;
  }
  return out += escaped(text.substr(done), marker);
}

std::vector<Span> spans_in(const EventItem& item, Field field, std::string_view shown) {
  std::vector<Span> out;
  for (const auto& [watch, hit, context, context_start, context_end] : item.hits) {
    if (hit.field != field || hit.text.empty()) continue;
    if (hit.start < shown.size() && shown.substr(hit.start).starts_with(hit.text))
      out.push_back({hit.start, hit.start + hit.text.size()});
    else if (const auto at = shown.find(hit.text); at != std::string_view::npos)
      out.push_back({at, at + hit.text.size()});
  }
  return out;
}

std::string title_of(const EventItem& item) {
  auto title = one_line(item.title);
  if (title.empty()) title = one_line(item.url);
  return title.empty() ? "(untitled)" : title;
}

std::string marked_title(const EventItem& item, const Marker& marker, std::size_t max_chars) {
  const auto title = cut_at_word(title_of(item), max_chars);
  return mark(title, spans_in(item, Field::title, title), marker);
}

std::vector<Span> spans_in_context(const EventItem& item, const EventHit& hit) {
  std::vector<Span> out{{hit.context_start, hit.context_end}};
  const std::string_view line = hit.context;
  for (const auto& other : item.hits) {
    if (other.hit.field != hit.hit.field || other.hit.text.empty()) continue;
    // Blanks may have been folded between the two, so the distance is a hint and not the truth.
    const auto expected = std::int64_t{hit.context_start} + other.hit.start - hit.hit.start;
    if (expected < 0 || expected >= static_cast<std::int64_t>(line.size())) continue;
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, expected - kSlack));
    const auto at = line.substr(0, static_cast<std::size_t>(expected) + other.hit.text.size())
                        .find(other.hit.text, from);
    if (at != std::string_view::npos) out.push_back({at, at + other.hit.text.size()});
  }
  return out;
}

std::string marked_context(const EventItem& item, const EventHit& hit, const Marker& marker) {
  if (hit.context.empty()) return {};
  return mark(hit.context, spans_in_context(item, hit), marker);
}

std::vector<EventHit> shown_hits(const EventItem& item, std::size_t most) {
  std::vector<const EventHit*> shown;
  const auto said = [&](const EventHit& hit) {
    const auto words = lower_ascii(hit.hit.text);
    return std::any_of(shown.begin(), shown.end(), [&](const EventHit* other) {
      return lower_ascii(other->context).find(words) != std::string::npos;
    });
  };
  std::set<std::string_view> told;  // watches that the title or a line speaks of
  for (const auto& hit : item.hits)
    if (hit.hit.field == Field::title) told.insert(hit.watch);
  // A line for each watch first: nobody shall have to guess why one was named.
  for (const bool every : {false, true}) {
    for (const auto& hit : item.hits) {
      if (shown.size() == most) break;
      if (hit.context.empty() || hit.hit.field == Field::title) continue;
      if (!every && told.contains(hit.watch)) continue;
      told.insert(hit.watch);
      if (!said(hit)) shown.push_back(&hit);
    }
  }
  std::sort(shown.begin(), shown.end());  // as they stand in the article
  std::vector<EventHit> out;
  for (const auto* hit : shown) out.push_back(*hit);
  return out;
}

std::vector<std::string> matched_words(const EventItem& item) {
  std::vector<std::string> out;
  std::vector<std::string> seen;
  for (const auto& hit : item.hits) {
    auto words = one_line(hit.hit.text);
    auto key = lower_ascii(words);
    if (words.empty() || std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(std::move(key));
    out.push_back(std::move(words));
  }
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string escape_mrkdwn(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string escape_markdown(std::string_view text) {
  constexpr std::string_view kSigns = "\\`*_{}[]()#+-!|~<>@";
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    if (kSigns.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace tocsin::notifier
