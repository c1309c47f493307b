// SPDX-License-Identifier: MIT
#include "notifier/channels/body.hpp"

#include <algorithm>
#include <array>

#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

/// How much of an item is shown; each step is shorter than the one before.
struct Detail {
  std::size_t title_chars, lines, line_chars;
};
constexpr std::array kDetails = {Detail{300, 2, 400}, Detail{300, 1, 300}, Detail{200, 0, 0},
                                 Detail{80, 0, 0}, Detail{20, 0, 0}};

std::string escaped(std::string_view text, const BodyStyle& style) {
  return style.marker.escape == nullptr ? std::string(text) : style.marker.escape(text);
}

std::string facts(const Event& event, const EventItem& item) {
  std::string out = one_line(item.feed.name);
  if (const auto age = age_text(item); !age.empty())
    out.append(out.empty() ? "" : ", ").append(age);
  out.append(out.empty() ? "" : ", ").append("watch ").append(one_line(watch_names(item, event)));
  return cut_at_word(out, 200);
}

/// A line around a hit that is no longer than `max_chars`; the hit stays, marked, where it fits.
std::string context_line(const EventItem& item, const EventHit& hit, const BodyStyle& style,
                         std::size_t max_chars) {
  const auto shown = cut_at_word(hit.context, max_chars);
  return mark(shown, spans_in_context(item, hit), style.marker);
}

std::string item_block(const Event& event, const EventItem& item, const BodyStyle& style,
                       const Detail& detail) {
  std::string out;
  if (event.items.size() > 1 || style.heading_of_one) {
    const auto title = cut_at_word(title_of(item), detail.title_chars);
    out += style.heading(item.update ? "Update: " + title : title,
                         is_web_url(item.url) ? std::string_view(item.url) : std::string_view());
    out.append(style.newline);
  }
  out += escaped(facts(event, item), style);
  for (const auto& hit : shown_hits(item, detail.lines)) {
    out.append(style.newline).append(style.quote_open);
    out += context_line(item, hit, style, detail.line_chars);
    out.append(style.quote_close);
  }
  return out;
}

/// The first item in the most detail that fits.
std::string first_block(const Event& event, const BodyStyle& style, const BodyLimit& limit,
                        std::size_t room) {
  for (const auto& detail : kDetails) {
    auto block = item_block(event, event.items.front(), style, detail);
    if (limit.measure(block) <= room) return block;
  }
  return cut_to(escaped(title_of(event.items.front()), style), {room, limit.measure});
}

}  // namespace

std::size_t measure_bytes(std::string_view text) {
  return text.size();
}

std::size_t measure_chars(std::string_view text) {
  return char_count(text);
}

std::size_t measure_utf16(std::string_view text) {
  return char_count(text) +
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0xF0;
         }));
}

std::string cut_to(std::string_view text, const BodyLimit& limit) {
  if (limit.measure(text) <= limit.most) return std::string(text);
  std::size_t chars = limit.most;
  auto out = cut_at_word(text, chars);
  while (chars > 0 && limit.measure(out) > limit.most) {
    chars = chars * 9 / 10;
    out = cut_at_word(text, chars);
  }
  return out;
}

std::string message_body(const Event& event, const BodyStyle& style, const BodyLimit& limit) {
  if (event.items.empty()) return cut_to(escaped(one_line(event.health_text), style), limit);
  constexpr std::size_t kRest = 60;  // for the line that counts what was left out
  const auto room = limit.most > 2 * kRest ? limit.most - kRest : limit.most;
  auto out = first_block(event, style, limit, room);
  const auto gap = std::string(style.newline) + std::string(style.newline);
  for (std::size_t i = 1; i < event.items.size(); ++i) {
    const auto block = item_block(event, event.items[i], style, kDetails[1]);
    if (limit.measure(out) + limit.measure(gap) + limit.measure(block) > room) {
      const auto rest = gap + "… and " + count_text(event.items.size() - i, "more article");
      if (limit.measure(out) + limit.measure(rest) <= limit.most) out += rest;
      return out;
    }
    out.append(gap).append(block);
  }
  return out;
}

BodyStyle plain_style() {
  BodyStyle style;
  style.marker = plain_marker();
  style.heading = [](std::string_view title, std::string_view url) {
    return url.empty() ? std::string(title) : std::string(title).append("\n").append(url);
  };
  return style;
}

BodyStyle chat_html_style() {
  BodyStyle style;
  style.marker = chat_html_marker();
  style.heading = [](std::string_view title, std::string_view url) {
    if (url.empty()) return "<b>" + escape_html(title) + "</b>";
    return "<a href=\"" + escape_html(url) + "\">" + escape_html(title) + "</a>";
  };
  style.quote_open = "» ";
  return style;
}

BodyStyle mrkdwn_style() {
  BodyStyle style;
  style.marker = mrkdwn_marker();
  style.heading = [](std::string_view title, std::string_view url) {
    if (url.empty()) return "*" + escape_mrkdwn(title) + "*";
    return "*<" + escape_mrkdwn(url) + "|" + escape_mrkdwn(title) + ">*";
  };
  return style;
}

BodyStyle markdown_style() {
  BodyStyle style;
  style.marker = markdown_marker();
  style.heading = [](std::string_view title, std::string_view url) {
    if (url.empty()) return "**" + escape_markdown(title) + "**";
    return "**[" + escape_markdown(title) + "](<" + std::string(url) + ">)**";
  };
  return style;
}

}  // namespace tocsin::notifier
