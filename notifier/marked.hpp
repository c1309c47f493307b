// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.hpp"

/// Text with its matched words marked, for any medium. Any thread: everything here is pure.
namespace tocsin::notifier {

/// A marked stretch of a text: byte offsets, half open.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// How one medium marks words and escapes what is between.
struct Marker {
  std::string_view open, close;
  std::string (*escape)(std::string_view text) = nullptr;  ///< null: as it is
};

/// `[words]`: for plain text.
Marker plain_marker();
/// Bold by ANSI escapes: for terminals.
Marker ansi_marker();
/// `<mark>` with everything else escaped: for HTML.
Marker html_marker();
/// `<b>` likewise: for the little HTML that chat programs know.
Marker chat_html_marker();
/// `*words*`, with & < > as entities: for Slack's mrkdwn.
Marker mrkdwn_marker();
/// `**words**`, with the signs of Markdown escaped.
Marker markdown_marker();

/// `text` with `spans` marked. Spans may overlap, touch and be out of order; what lies outside the
/// text is ignored.
std::string mark(std::string_view text, std::vector<Span> spans, const Marker& marker);

/// Where the hits of `field` stand in `shown`, which is the item's title or summary, perhaps cut.
/// A hit whose offsets do not fit is looked for by its text.
std::vector<Span> spans_in(const EventItem& item, Field field, std::string_view shown);

/// The title of `item`, or what stands for one, on one line of at most `max_chars` characters, with
/// its hits marked.
std::string marked_title(const EventItem& item, const Marker& marker, std::size_t max_chars = 400);

/// Where the hits of `item` stand in the line around `hit`, which is one of them: its own words and
/// those of its neighbours in the same field.
std::vector<Span> spans_in_context(const EventItem& item, const EventHit& hit);

/// The line around `hit` with all hits in it marked; empty where it has none.
std::string marked_context(const EventItem& item, const EventHit& hit, const Marker& marker);

/// `item`'s title on one line; its URL or "(untitled)" where it has none.
std::string title_of(const EventItem& item);

/// The hits whose lines are worth showing under the title, at most `most`: none of the title's own,
/// and none whose words stand marked in a line that is shown already. Watches that no line speaks
/// of yet come before further lines of others; what is shown stands in the article's order.
std::vector<EventHit> shown_hits(const EventItem& item, std::size_t most);

/// The distinct words that matched, in order, in lower-case-insensitive comparison.
std::vector<std::string> matched_words(const EventItem& item);

/// `text` with &, <, >, " and ' as HTML entities.
std::string escape_html(std::string_view text);
/// `text` with &, < and > as entities: all that Slack wants, and what keeps "<!channel>" harmless.
std::string escape_mrkdwn(std::string_view text);
/// `text` with a backslash before each ASCII sign that Markdown may act on.
std::string escape_markdown(std::string_view text);

}  // namespace tocsin::notifier
