// SPDX-License-Identifier: MIT
// What reading a feed costs, HTML to text included, beside raw pugixml on the same bytes as the
// limit: generated feeds of 20 to 60 KB, and every well-formed file of a folder when one is given.
// CPU time of this thread, best of five. Usage: parse_bench [FOLDER]
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "parser/feed_json.hpp"
#include "parser/parser.hpp"

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// A feed of `items` items as news sites write them: an escaped summary, and the text in CDATA.
std::string generated(int seed, int items) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Wire</title>"
      "<link>https://news.example/</link>\n";
  for (int i = 0; i < items; ++i) {
    const auto id = std::to_string(seed * 1000 + i);
    out += "<item><title>Talks go into round " + id + " &amp; nobody leaves</title><link>https://";
    out += "news.example/" + id + "?utm_source=rss</link><guid isPermaLink=\"false\">" + id +
           "</guid><pubDate>Wed, 30 Aug 2017 10:00:00 GMT</pubDate><dc:creator>Ann Writer"
           "</dc:creator><category>World</category><description>&lt;p&gt;The talks in the capital "
           "went on for a third day, a spokesman said.&lt;/p&gt;</description>"
           "<content:encoded><![CDATA[";
    for (int p = 0; p < 5; ++p)
      out +=
          "<p>The delegations met <a href=\"/topic/" + id +
          "\">again</a> on Wednesday. <em>No "
          "agreement</em> was reached&#8217;s what the spokesman said, caf\xC3\xA9 or not.</p>\n";
    out += "]]></content:encoded></item>\n";
  }
  return out + "</channel></rss>";
}

std::vector<std::string> read_folder(const char* folder) {
  std::vector<std::string> documents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    pugi::xml_document probe;
    if (probe.load_buffer(text.data(), text.size())) documents.push_back(std::move(text));
  }
  return documents;
}

template <class Work>
double best_of_five(Work work) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto begin = cpu_seconds();
    work();
    best = std::min(best, cpu_seconds() - begin);
  }
  return best;
}

void measure(const char* name, const std::vector<std::string>& documents) {
  std::size_t bytes = 0;
  std::size_t items = 0;
  for (const auto& document : documents) bytes += document.size();
  const auto raw = best_of_five([&] {
    for (const auto& document : documents) {
      pugi::xml_document tree;
      tree.load_buffer(document.data(), document.size(),
                       pugi::parse_default | pugi::parse_ws_pcdata);
    }
  });
  const auto parsed = best_of_five([&] {
    items = 0;
    for (const auto& document : documents)
      if (const auto feed = tocsin::parser::parse_feed(document, {})) items += feed->items.size();
  });
  const auto printed = best_of_five([&] {
    for (const auto& document : documents)
      if (const auto feed = tocsin::parser::parse_feed(document, {}))
        items += tocsin::parser::to_json(*feed).empty() ? 1 : 0;
  });
  const auto megabytes = static_cast<double>(bytes) / 1e6;
  std::printf("%s: %zu documents, %.1f MB, %zu items\n", name, documents.size(), megabytes, items);
  std::printf("  pugixml alone  %7.1f MB/s\n", megabytes / raw);
  std::printf("  parse_feed     %7.1f MB/s  %.2f of pugixml's speed, %.1f ms/MB\n",
              megabytes / parsed, raw / parsed, 1e3 * parsed / megabytes);
  std::printf("  with JSON      %7.1f MB/s  %.1f ms/MB\n", megabytes / printed,
              1e3 * printed / megabytes);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> documents;
  for (int i = 0; i < 200; ++i) documents.push_back(generated(i, 20 + i % 30));
  measure("generated", documents);
  if (argc > 1) measure(argv[1], read_folder(argv[1]));
  return 0;
}
