// SPDX-License-Identifier: MIT
#include "app/demo/feed_documents.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <sstream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <pugixml.hpp>

#include "base/time_format.hpp"

namespace tocsin::demo {
namespace {

/// RFC 822 as RSS wants it: "Mon, 23 Nov 2026 08:00:00 +0000".
std::string rfc822(Timestamp when) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(when - day)};
  std::array<char, 64> out{};
  const int n = std::snprintf(
      out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
      kDays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
      kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(n)};
}

void add(pugi::xml_node parent, const char* name, std::string_view text) {
  parent.append_child(name).text().set(std::string(text).c_str());
}

std::string serialize(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out).str();
}

/// Paragraphs as HTML, for the formats that carry it. The demo's texts need no escaping.
std::string paragraphs(std::string_view text) {
  std::string out = "<p>";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "\n\n") {
      out += "</p><p>";
      ++at;
    } else {
      out += text[at];
    }
  }
  return out += "</p>";
}

}  // namespace

std::string as_rss(std::string_view title, std::string_view home,
                   const std::vector<Published>& entries) {
  pugi::xml_document document;
  auto rss = document.append_child("rss");
  rss.append_attribute("version") = "2.0";
  auto channel = rss.append_child("channel");
  add(channel, "title", title);
  add(channel, "link", home);
  add(channel, "description", "Sample news of the tocsin demo");
  for (const auto& entry : entries) {
    auto item = channel.append_child("item");
    add(item, "title", entry.title);
    add(item, "link", entry.url);
    auto guid = item.append_child("guid");
    guid.append_attribute("isPermaLink") = "false";
    guid.text().set(entry.id.c_str());
    add(item, "pubDate", rfc822(entry.when));
    add(item, "description", paragraphs(entry.text));
  }
  return serialize(document);
}

std::string as_atom(std::string_view title, std::string_view home,
                    const std::vector<Published>& entries) {
  pugi::xml_document document;
  auto feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  add(feed, "title", title);
  add(feed, "id", home);
  if (!entries.empty()) add(feed, "updated", format_rfc3339(entries.front().when));
  for (const auto& published : entries) {
    auto entry = feed.append_child("entry");
    entry.append_attribute("xml:lang") = published.language.c_str();
    add(entry, "title", published.title);
    add(entry, "id", published.id);
    entry.append_child("link").append_attribute("href") = published.url.c_str();
    add(entry, "published", format_rfc3339(published.when));
    add(entry, "updated", format_rfc3339(published.when));
    auto content = entry.append_child("content");
    content.append_attribute("type") = "html";
    content.text().set(paragraphs(published.text).c_str());
  }
  return serialize(document);
}

std::string as_json_feed(std::string_view title, std::string_view home,
                         const std::vector<Published>& entries) {
  boost::json::array items;
  for (const auto& entry : entries) {
    boost::json::object item;
    item["id"] = entry.id;
    item["url"] = entry.url;
    item["title"] = entry.title;
    item["language"] = entry.language;
    item["content_text"] = entry.text;
    item["date_published"] = format_rfc3339(entry.when);
    items.push_back(std::move(item));
  }
  boost::json::object feed;
  feed["version"] = "https://jsonfeed.org/version/1.1";
  feed["title"] = boost::json::string_view(title.data(), title.size());
  feed["home_page_url"] = boost::json::string_view(home.data(), home.size());
  feed["items"] = std::move(items);
  return boost::json::serialize(feed);
}

}  // namespace tocsin::demo
