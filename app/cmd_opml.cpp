// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <iostream>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <unistd.h>

#include "app/command.hpp"
#include "app/findings.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"
#include "config/config.hpp"
#include "net/origin.hpp"
#include "text/html.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin opml import LIST.opml
       tocsin opml export --config FILE

Subscription lists (OPML), as feed readers write and read them.

  import   prints the feeds of the list as a `feeds:` block for the configuration, folders as
           labels. A configuration can also name the list itself: `feeds: [{opml: LIST.opml}]`
  export   prints the feeds of a configuration as OPML, by their `folder` label. User names and
           passwords in addresses are left out

Exit status: 0; 1 when the file is no subscription list; 2 when it cannot be opened, or the
configuration is not valid.

Example:
  tocsin opml import subscriptions.opml > feeds/mine.yaml
)";

/// As a YAML string: JSON is YAML.
std::string yaml_string(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

/// An address, in which configurations write a dollar sign twice.
std::string yaml_address(std::string_view url) {
  std::string doubled;
  for (const char c : url) doubled.append(c == '$' ? 2 : 1, c);
  return yaml_string(doubled);
}

void print_yaml(const std::vector<fetcher::FeedSpec>& feeds) {
  std::cout << "feeds:\n";
  for (const auto& feed : feeds) {
    std::cout << "  - {name: " << yaml_string(feed.name) << ", url: " << yaml_address(feed.url);
    const char* before = ", labels: {";
    for (const auto& [key, value] : feed.labels) {
      std::cout << before << yaml_string(key) << ": " << yaml_string(value);
      before = ", ";
    }
    std::cout << (feed.labels.empty() ? "}\n" : "}}\n");
  }
}

std::string outline(const fetcher::FeedSpec& feed) {
  auto url = feed.url;
  static_cast<void>(net::take_credentials(url));
  return "<outline type=\"rss\" text=\"" + text::escape_html(feed.name) + "\" xmlUrl=\"" +
         text::escape_html(url) + "\"/>\n";
}

void print_opml(const std::vector<fetcher::FeedSpec>& feeds) {
  std::map<std::string, std::string> folders;
  for (const auto& feed : feeds) {
    const auto folder = feed.labels.find("folder");
    folders[folder == feed.labels.end() ? std::string() : folder->second] += "    " + outline(feed);
  }
  std::cout << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
               "  <head><title>Feeds of tocsin</title></head>\n  <body>\n";
  for (const auto& [name, lines] : folders) {
    if (name.empty())
      std::cout << lines;
    else
      std::cout << "    <outline text=\"" << text::escape_html(name) << "\">\n"
                << lines << "    </outline>\n";
  }
  std::cout << "  </body>\n</opml>\n";
}

/// Says every finding; false when one of them is an error.
bool report(const config::Loaded& loaded) {
  show_findings(loaded.diagnostics, std::cerr);
  return loaded.ok();
}

int import_list(const std::string& list) {
  const std::string path = list == "-" ? "/dev/stdin" : list;
  if (is_folder(path) || ::access(path.c_str(), R_OK) != 0) {
    const auto why = is_folder(path) ? "this is a folder" : std::generic_category().message(errno);
    std::cerr << "tocsin opml: " << list << ": " << why << '\n';
    return kUsage;
  }
  // The configuration reads such lists itself; this has it read one and prints what it read.
  const auto loaded =
      config::parse("feeds: [{opml: " + yaml_string(path) + "}]\nwatches: []\n", "opml");
  for (const auto& finding : loaded.diagnostics)
    std::cerr << "tocsin opml: " << list << ": " << finding.message << "\n  " << finding.hint
              << '\n';
  if (!loaded.ok()) return kFindings;
  print_yaml(loaded.config.feeds);
  return kFine;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}});
  if (!options) return usage_error("opml", options.error().message);
  const auto& words = options->operands;
  if (words.size() == 2 && words.front() == "import") return import_list(words.back());
  if (words.size() != 1 || words.front() != "export")
    return usage_error("opml", "say what to do: import LIST.opml, or export --config FILE");
  if (!options->has("--config")) return usage_error("opml", "--config FILE is missing");
  const auto loaded = config::load(options->value("--config"));
  if (!report(loaded)) return kUsage;
  print_opml(loaded.config.feeds);
  return kFine;
}

}  // namespace

const Command kOpmlCommand = {"opml", "subscription lists: import and export", kHelp, &run};

}  // namespace tocsin::app
