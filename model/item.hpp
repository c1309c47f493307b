// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace tocsin {

struct Author {
  std::string name, url, email;
};

struct Attachment {
  std::string url, mime_type, title;
  std::optional<std::uint64_t> size_in_bytes;
  std::optional<std::chrono::seconds> duration;
};

/// One entry of a feed. All text is valid UTF-8; a field that is absent is empty.
///
/// The names are those of JSON Feed 1.1; what it has no name for stands below `attachments`.
struct Item {
  std::string id;   ///< the guid as written, trimmed; else derived by parser/identity.hpp
  std::string url;  ///< absolute
  std::string external_url;
  std::string title;         ///< plain text
  std::string summary;       ///< plain text
  std::string content_html;  ///< sanitised
  std::string content_text;  ///< plain text; a blank line ends a paragraph
  std::string image;         ///< absolute
  std::string language;      ///< BCP 47 tag, as the feed declares it
  std::optional<Timestamp> published, modified;
  std::vector<Author> authors;
  std::vector<std::string> tags;
  std::vector<Attachment> attachments;

  std::string title_html, summary_html;  ///< only where they say more than the plain text
  std::string rights;                    ///< plain text
  std::string source_title, source_url;  ///< where an aggregator took it from
  std::string comments_url;
  std::vector<Author> contributors;
  std::optional<bool> guid_is_permalink;
};

/// A whole feed document.
struct Feed {
  std::string title, home_page_url, feed_url, description, icon, language;
  std::vector<Author> authors;
  std::vector<Item> items;  ///< in document order

  std::string format;    ///< "rss-2.0", "atom-1.0", "json-feed-1.1", ... (formats.md lists them)
  std::string encoding;  ///< the charset that the bytes were read as
  std::string self, generator, rights, image;
  std::vector<std::string> hubs;  ///< WebSub hubs, absolute
  std::optional<Timestamp> updated;
  std::optional<std::chrono::minutes> ttl;  ///< from ttl or sy:updatePeriod and sy:updateFrequency
  std::uint32_t skip_hours = 0;             ///< bit h set: do not poll in hour h, UTC
  std::uint8_t skip_days = 0;               ///< bit d set: do not poll on weekday d; 0 is Sunday
  bool truncated = false;                   ///< the document ended early: keep no validator for it
  std::vector<std::string> warnings;        ///< what was repaired or skipped, one line each
};

}  // namespace tocsin
