// SPDX-License-Identifier: MIT
#include <cmath>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/state_folder.hpp"
#include "app/table.hpp"
#include "base/clock.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"
#include "config/config.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin feeds --config FILE [--storage DIR] [--json] [--failing]

Every feed: how it is, when it was last polled, when it will be next and why then, how much it
brings, how many pages of its items wait to be fetched, and what went wrong. It reads the daemon's
storage and works beside it; the times of polls that brought nothing are at most a minute old.

  --config FILE     the configuration: its feeds and its storage folder
  --storage DIR     another storage folder; without --config all feeds that are known there
  --failing         only feeds that do not answer as they should
  --json            one JSON object a line

States: new (not polled yet), ok, failing, silent (nothing new for too long), gone (HTTP 410).

Exit status: 0, however the feeds are; 1 when the storage cannot be read; 2 when the configuration is
not valid.

Example:
  tocsin feeds --config tocsin.yaml --failing
)";

struct Row {
  std::string name, url;
  FeedState state;
  std::size_t pages = 0;  // of its items, that wait to be fetched
};

std::string_view state_name(const FeedState& state) {
  if (state.gone) return "gone";
  if (state.failures > 0) return "failing";
  if (state.last_poll == Timestamp{}) return "new";
  return state.silent_reported ? "silent" : "ok";
}

/// By the feed's rhythm; empty while that is not known.
std::string items_a_day(const FeedState& state) {
  if (state.gap_seconds <= 0) return {};
  const auto tenths = std::llround(864'000 / state.gap_seconds);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string time_of(Timestamp when) {
  return when == Timestamp{} ? std::string() : format_rfc3339(when);
}

void print_json(const Row& row) {
  const auto& state = row.state;
  boost::json::object out;
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) out[key] = value;
  };
  add("name", row.name);
  add("url", redact(row.url));
  add("state", std::string(state_name(state)));
  add("last_poll", time_of(state.last_poll));
  add("last_success", time_of(state.last_success));
  add("last_new_item", time_of(state.last_new_item));
  if (!state.gone) add("next_poll", time_of(state.next_poll));
  if (!state.gone) add("next_reason", state.next_reason);
  if (state.gap_seconds > 0) out["items_per_day"] = 86'400 / state.gap_seconds;
  if (state.failures > 0) out["failures"] = state.failures;
  if (row.pages > 0) out["pages_waiting"] = row.pages;
  add("error", scrub(state.last_error));
  add("moved_to", redact(state.permanent_url));
  add("hub", redact(state.hub));
  std::cout << boost::json::serialize(out) << '\n';
}

std::vector<std::string> cells_of(const Row& row) {
  const auto& state = row.state;
  return {row.name,
          std::string(state_name(state)),
          time_of(state.last_poll),
          state.gone ? std::string() : time_of(state.next_poll),
          state.gone ? std::string() : state.next_reason,
          items_a_day(state),
          row.pages == 0 ? std::string() : std::to_string(row.pages),
          state.last_error};
}

/// The configured feeds in their order; without a configuration those that the store knows.
std::vector<Row> rows_of(const std::vector<fetcher::FeedSpec>* feeds,
                         std::map<std::string, FeedState> states) {
  std::vector<Row> rows;
  if (feeds == nullptr)
    for (auto& [name, state] : states) rows.push_back({name, "", std::move(state), 0});
  else
    for (const auto& feed : *feeds)
      rows.push_back({feed.name, feed.url, std::move(states[feed.name]), 0});
  return rows;
}

void count_pages(const std::vector<store::PageWish>& pages, std::vector<Row>& rows) {
  std::map<std::string_view, std::size_t> waiting;
  for (const auto& page : pages) ++waiting[page.feed];
  for (auto& row : rows)
    if (const auto known = waiting.find(row.name); known != waiting.end())
      row.pages = known->second;
}

int run(const Args& args) {
  const auto options = parse_options(
      args, {{"--config", true}, {"--storage", true}, {"--json", false}, {"--failing", false}});
  if (!options) return usage_error("feeds", options.error().message);
  if (!options->operands.empty())
    return usage_error("feeds", "unexpected '" + options->operands.front() + "'");
  int status = kFine;
  auto admin = open_state("feeds", *options, status);
  if (!admin) return status;
  auto stored = admin->feed_states();
  const auto pages = admin->pages();
  if (!stored || !pages) {
    std::cerr << "tocsin feeds: " << (stored ? pages.error() : stored.error()).message << '\n';
    return kFindings;
  }
  config::Loaded loaded;
  if (options->has("--config")) loaded = config::load(options->value("--config"));
  std::map<std::string, FeedState> states;
  for (auto& [name, state] : *stored) states.emplace(std::move(name), std::move(state));
  auto rows = rows_of(options->has("--config") ? &loaded.config.feeds : nullptr, std::move(states));
  count_pages(*pages, rows);
  if (options->has("--failing"))
    std::erase_if(rows, [](const Row& row) { return row.state.failures == 0 && !row.state.gone; });
  if (options->has("--json")) {
    for (const auto& row : rows) print_json(row);
    return kFine;
  }
  if (rows.empty()) {
    std::cerr << (options->has("--failing") ? "no feed is failing\n" : "there are no feeds\n");
    return kFine;
  }
  std::vector<std::vector<std::string>> cells;
  cells.reserve(rows.size());
  for (const auto& row : rows) cells.push_back(cells_of(row));
  std::cout << table({"FEED", "STATE", "LAST", "NEXT", "WHY THEN", "A DAY", "PAGES", "ERROR"},
                     cells);
  return kFine;
}

}  // namespace

const Command kFeedsCommand = {"feeds", "every feed: its state, its next poll and why then", kHelp,
                               &run};

}  // namespace tocsin::app
