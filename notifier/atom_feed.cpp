// SPDX-License-Identifier: MIT
#include "notifier/atom_feed.hpp"

#include <vector>

#include "base/time_format.hpp"
#include "notifier/channels/body.hpp"
#include "notifier/channels/service.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

// Every entry begins and ends with a line of its own. Text is escaped, so that neither line can
// occur inside one: the document itself is all the state that there is.
constexpr std::string_view kOpen = "<entry>\n";
constexpr std::string_view kClose = "</entry>\n";
constexpr std::size_t kContentBytes = 20'000;

/// Text for XML 1.0, which knows neither controls nor U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  auto out = escape_html(one_line(text));
  for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = out.find(bad); at != std::string::npos; at = out.find(bad, at))
      out.replace(at, bad.size(), "\xEF\xBF\xBD");
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  std::string out = "<";
  out.append(name).append(">").append(xml(text)).append("</").append(name).append(">\n");
  return out;
}

std::string id_line(const Event& event) {
  return element("id", "urn:tocsin:alert:" + event.id);
}

std::string entry(const Event& event) {
  auto style = chat_html_style();
  style.newline = "<br>";
  style.quote_open = "<blockquote>";
  style.quote_close = "</blockquote>";
  std::string out(kOpen);
  out += id_line(event);
  out += element("title", headline(event));
  out += element("updated", format_rfc3339(event.time));
  if (const auto url = click_url(event); !url.empty())
    out.append("<link rel=\"alternate\" href=\"").append(xml(url)).append("\"/>\n");
  for (const auto& watch : event.watches)
    out.append("<category term=\"").append(xml(watch.name)).append("\"/>\n");
  const auto html = message_body(event, style, {kContentBytes, &measure_bytes});
  out.append("<content type=\"html\">").append(xml(html)).append("</content>\n");
  return out.append(kClose);
}

/// The entries of `document`, in order.
std::vector<std::string_view> entries_of(std::string_view document) {
  std::vector<std::string_view> out;
  while (true) {
    const auto start = document.find(kOpen);
    const auto end = document.find(kClose, start == std::string_view::npos ? 0 : start);
    if (start == std::string_view::npos || end == std::string_view::npos) return out;
    out.push_back(document.substr(start, end + kClose.size() - start));
    document.remove_prefix(end + kClose.size());
  }
}

}  // namespace

std::string with_entry(std::string_view previous, const AtomFeed& feed, const Event& event) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  out += "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  out += element("id", feed.id);
  out += element("title", feed.title);
  out += element("updated", format_rfc3339(event.time));
  out += "<author><name>tocsin</name></author>\n";
  if (is_web_url(feed.url))
    out.append("<link rel=\"self\" href=\"").append(xml(feed.url)).append("\"/>\n");
  out += entry(event);
  const auto same = id_line(event);
  std::size_t count = 1;
  for (const auto old : entries_of(previous)) {
    if (count >= feed.entries) break;
    if (old.find(same) != std::string_view::npos) continue;
    out += old;
    ++count;
  }
  return out += "</feed>\n";
}

}  // namespace tocsin::notifier
