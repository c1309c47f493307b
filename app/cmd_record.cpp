// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include "app/checking.hpp"
#include "app/command.hpp"
#include "app/findings.hpp"
#include "app/http_once.hpp"
#include "app/options.hpp"
#include "base/clock.hpp"
#include "base/redact.hpp"
#include "config/fixture.hpp"
#include "config/run_tests.hpp"
#include "fetcher/feed_spec.hpp"
#include "parser/item_json.hpp"
#include "parser/parser.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin record [OPTION...] URL|ITEM

Turns a real item into a fixture: an entry for `tests:` of the configuration. URL is a feed, of which
the first item is taken; ITEM is a file with a feed or with one JSON Feed item ("-" is standard
input). With --config the entry also says which watches match the item now and which receivers would
be told: read that before you keep it.

  --config FILE     the configuration whose watches and routes are asked
  --feed NAME       the configured feed that the item counts as coming from
  --title TEXT      the first item of the feed whose title contains TEXT
  --name NAME       what the test is called (default: the item's title)
  --allow-private   URL may be at a private or loopback address

Exit status: 0 when an entry was written; 1 when there is no such item, or the feed cannot be had or
read; 2 when the configuration is not valid.

Example:
  tocsin record --config tocsin.yaml --feed tass --title Astana https://tass.com/rss/v2.xml
)";

constexpr std::size_t kLongestName = 100;

Result<std::string> fetch(const std::string& url, bool allow_private) {
  net::Request request;
  request.url = url;
  request.headers = {{"User-Agent", fetcher::FetchOptions{}.user_agent}};
  request.allow_private = allow_private;
  request.max_redirects = 5;
  request.timeout = std::chrono::seconds{20};
  auto answer = http_once(std::move(request));
  if (!answer) return std::move(answer).error();
  if (answer->status == 200) return std::move(answer->body);
  return Error{Errc::unavailable, redact(url) + ": HTTP " + std::to_string(answer->status)};
}

/// The item that was meant: of a feed the first whose title holds `title`, else the item itself.
Result<parser::JsonItem> choose(std::string_view bytes, const std::string& url,
                                const std::string& title) {
  parser::Source source;
  source.url = url;
  auto feed = parser::parse_feed(bytes, source);
  if (!feed) {
    auto item = parser::item_from_json(bytes);
    if (item || bytes.starts_with('{')) return item;
    return std::move(feed).error();
  }
  const auto found = std::find_if(feed->items.begin(), feed->items.end(), [&](const Item& item) {
    return item.title.find(title) != std::string::npos;
  });
  if (found == feed->items.end())
    return Error{Errc::not_found, title.empty()
                                      ? "the feed has no items"
                                      : "no item of the feed has '" + title + "' in its title"};
  return parser::JsonItem{std::move(*found), {}};
}

/// Fills in what the configuration makes of the item today.
void ask_rules(Checked& checked, config::TestSpec& test) {
  test.expect.emplace();
  test.receivers.emplace();
  checked.config.tests = {test};
  const auto outcome =
      config::run_tests(checked.config, *checked.rules, SystemClock().now()).front();
  test.expect = outcome.watches.extra;
  test.receivers = outcome.receivers.extra;
}

std::string name_of(const Item& item) {
  const auto& text = !item.title.empty() ? item.title : item.id;
  return text.empty() ? "recorded item" : std::string(utf8_prefix(text, kLongestName));
}

int fail(const Error& error) {
  std::cerr << "tocsin record: " << error.message << '\n';
  return kFindings;
}

std::optional<Checked> checked_config(const Options& options) {
  auto checked = check_file(options.value("--config"));
  if (checked.rules != nullptr) return checked;
  show_findings(checked.findings, std::cerr);
  return std::nullopt;
}

bool is_configured(const Checked& checked, const std::string& feed) {
  const auto& feeds = checked.config.feeds;
  return std::any_of(feeds.begin(), feeds.end(), [&](const auto& one) { return one.name == feed; });
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--feed", true},
                                            {"--title", true},
                                            {"--name", true},
                                            {"--allow-private", false}});
  if (!options) return usage_error("record", options.error().message);
  if (options->operands.size() != 1)
    return usage_error("record", "name one URL or one file; - is standard input");
  std::optional<Checked> checked;
  if (options->has("--config") && !(checked = checked_config(*options))) return kUsage;
  const auto& from = options->operands.front();
  const bool remote = from.find("://") != std::string::npos;
  const auto bytes = remote ? fetch(from, options->has("--allow-private")) : read_input(from);
  if (!bytes) return fail(bytes.error());
  auto chosen = choose(*bytes, remote ? from : "", options->value("--title"));
  if (!chosen) return fail(std::move(chosen).error().context(redact(from)));

  config::TestSpec test;
  test.item = std::move(chosen->item);
  test.feed = options->value("--feed", chosen->feed);
  test.name = options->value("--name", name_of(test.item));
  if (checked && !test.feed.empty() && !is_configured(*checked, test.feed))
    return usage_error("record", "no feed of the configuration is called '" + test.feed + "'");
  if (checked) ask_rules(*checked, test);
  if (!checked) test.expect.emplace();
  std::cout << config::fixture(test);
  if (!checked) std::cerr << "write the watches that must match behind expect:\n";
  return kFine;
}

}  // namespace

const Command kRecordCommand = {"record", "turn a real item into a test of the configuration",
                                kHelp, &run};

}  // namespace tocsin::app
