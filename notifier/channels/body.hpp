// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/event.hpp"
#include "notifier/marked.hpp"

/// The text of a chat message about an event. Any thread: everything here is pure.
namespace tocsin::notifier {

/// How one service writes. The functions get plain text and escape it.
struct BodyStyle {
  Marker marker;
  /// An item's title with its link; `url` is empty or a web URL.
  std::string (*heading)(std::string_view title, std::string_view url) = nullptr;
  std::string_view quote_open = "> ";  ///< before a line around a hit
  std::string_view quote_close;
  std::string_view newline = "\n";
  /// False leaves the heading of a single item out, where the service shows title and link itself.
  bool heading_of_one = true;
};

/// How long a text is, as a service counts.
using Measure = std::size_t (*)(std::string_view text);
std::size_t measure_bytes(std::string_view text);
std::size_t measure_chars(std::string_view text);
/// UTF-16 units: a character beyond the first plane counts twice.
std::size_t measure_utf16(std::string_view text);

/// What a message may hold.
struct BodyLimit {
  std::size_t most = 4'000;
  Measure measure = &measure_chars;
};

/// `event` in `style`, within `limit`: whole items as long as they fit, then "… and 7 more
/// articles". The first item is shortened until it fits, so that some of it is always there.
std::string message_body(const Event& event, const BodyStyle& style, const BodyLimit& limit);

/// `text` cut at a word to what `limit` allows.
std::string cut_to(std::string_view text, const BodyLimit& limit);

// The styles that several services share.
BodyStyle plain_style();      ///< title, URL on the next line
BodyStyle chat_html_style();  ///< for Telegram and Pushover: line ends are line ends
BodyStyle mrkdwn_style();     ///< for Slack
BodyStyle markdown_style();   ///< for Mattermost, Discord, Gotify

}  // namespace tocsin::notifier
