// SPDX-License-Identifier: MIT
#include <charconv>
#include <iostream>
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/archive_reading.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "app/state_folder.hpp"
#include "base/clock.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin matches --config FILE [--since DURATION] [--watch NAME] [--feed NAME] [--limit N]
                      [--json]

The articles that watches matched lately, the newest first, out of the daemon's storage.

  --config FILE      the configuration, for its storage folder
  --storage DIR      the storage folder itself
  --since DURATION   how far back: 12h, 7d (default 1d)
  --watch NAME       only what this watch matched
  --feed NAME        only articles of this feed
  --limit N          at most so many (default 50)
  --json             one JSON object a line

Exit status: 0, also when nothing matched; 1 when the storage cannot be read; 2 when the configuration
is not valid.

Example:
  tocsin matches --config tocsin.yaml --since 7d --watch jcpoa
)";

void print_json(const store::ArchivedItem& found) {
  auto line = archived_json(found);
  boost::json::array watches;
  for (const auto& match : found.matches) watches.emplace_back(match.watch);
  line["watches"] = std::move(watches);
  std::cout << boost::json::serialize(line) << '\n';
}

void print(const store::ArchivedItem& found) {
  std::string names;
  for (const auto& match : found.matches) names += (names.empty() ? "" : ", ") + match.watch;
  std::cout << format_rfc3339(found.found) << "  " << found.feed << "  [" << names << "]\n  "
            << scrub(found.item.title, 300) << '\n';
  if (!found.item.url.empty()) std::cout << "  " << scrub(found.item.url, 500) << '\n';
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--storage", true},
                                            {"--since", true},
                                            {"--watch", true},
                                            {"--feed", true},
                                            {"--limit", true},
                                            {"--json", false}});
  if (!options) return usage_error("matches", options.error().message);
  if (!options->operands.empty())
    return usage_error("matches", "unexpected '" + options->operands.front() + "'");
  const auto since = parse_duration(options->value("--since", "1d"));
  if (!since) return usage_error("matches", "--since: " + since.error().message);
  store::ArchiveQuery query;
  query.since = SystemClock().now() - *since;
  query.watch = options->value("--watch");
  query.feed = options->value("--feed");
  query.matched = true;
  query.newest = true;
  const auto limit = options->value("--limit", "50");
  const auto [stop, wrong] =
      std::from_chars(limit.data(), limit.data() + limit.size(), query.limit);
  if (wrong != std::errc() || stop != limit.data() + limit.size() || query.limit == 0)
    return usage_error("matches", "--limit takes a number above 0");

  int status = kFine;
  auto admin = open_state("matches", *options, status);
  if (!admin) return status;
  const auto items = admin->archived(query);
  if (!items) {
    std::cerr << "tocsin matches: " << items.error().message << '\n';
    return kFindings;
  }
  for (const auto& found : *items) options->has("--json") ? print_json(found) : print(found);
  if (items->empty()) std::cerr << "nothing matched in that time\n";
  return kFine;
}

}  // namespace

const Command kMatchesCommand = {"matches", "what watches matched lately", kHelp, &run};

}  // namespace tocsin::app
