// SPDX-License-Identifier: MIT
#include <charconv>
#include <iostream>
#include <string>

#include <boost/json/serialize.hpp>

#include "app/archive_reading.hpp"
#include "app/command.hpp"
#include "app/settings.hpp"
#include "app/state_folder.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"
#include "rules/ruleset.hpp"
#include "store/search_words.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin search --config FILE [--since DURATION] [--feed NAME] [--limit N] [--json] QUERY

Articles of the archive, the newest first. Plain words must all be there, in any order; "two words"
in quotes are a phrase, and a * at a word's end stands for any ending. With --rule the query is of
the rule language, and may use the names (@khamenei) and lists of the configuration.

  --config FILE      the configuration, for its storage folder and its names
  --storage DIR      the storage folder itself
  --rule             QUERY is a rule: Astana NEAR/8 (talk* OR round*)
  --since DURATION   how far back: 12h, 7d (default: everything)
  --feed NAME        only articles of this feed
  --limit N          at most so many (default 20)
  --json             one JSON object a line

Exit status: 0 when something was found; 1 when nothing was; 2 when the query is not valid.

Example:
  tocsin search --config tocsin.yaml --since 30d 'nuclear agreement'
)";

/// One watch, made of the query, among the names and lists of the configuration.
std::shared_ptr<const rules::RuleSet> compile(const Options& options, const std::string& query) {
  rules::RuleSpec spec;
  if (options.has("--config")) {
    config::LoadOptions lenient;
    lenient.need_feeds = false;
    spec = config::load(options.value("--config"), lenient).config.rules;
    spec.watches.clear();
  }
  rules::WatchSpec watch;
  watch.name = "query";
  watch.query.emplace();
  watch.query->text = query;
  watch.query->at = {"query", 1, 1};
  spec.watches.push_back(std::move(watch));
  auto compiled = rules::RuleSet::compile(spec);
  for (const auto& finding : compiled.findings)
    if (finding.watch == "query" || compiled.rules == nullptr)
      std::cerr << config::render(config::from_finding(finding));
  return compiled.rules;
}

void print(const store::ArchivedItem& found, bool json) {
  if (json) {
    std::cout << boost::json::serialize(archived_json(found)) << '\n';
    return;
  }
  std::cout << format_rfc3339(found.found) << "  " << found.feed << "\n  "
            << scrub(found.item.title, 300) << '\n';
  if (!found.item.url.empty()) std::cout << "  " << scrub(found.item.url, 500) << '\n';
}

/// Brings the index of words up to date: the daemon does so at its leisure only.
void index_the_rest(store::Admin& admin) {
  constexpr std::int64_t kStep = 500;
  Progress progress("new articles indexed");
  for (auto left = admin.index_words(kStep);; left = admin.index_words(kStep)) {
    if (!left)
      std::cerr << "tocsin search: the newest articles are not searched: " << left.error().message
                << '\n';
    if (!left || *left == 0) return;
    progress.step(kStep);
  }
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--storage", true},
                                            {"--since", true},
                                            {"--feed", true},
                                            {"--limit", true},
                                            {"--rule", false},
                                            {"--json", false}});
  if (!options) return usage_error("search", options.error().message);
  std::string text;
  for (const auto& word : options->operands) text += (text.empty() ? "" : " ") + word;
  const auto since = since_option(*options, "", SystemClock().now());
  if (!since) return usage_error("search", since.error().message);
  const auto wanted = options->value("--limit", "20");
  std::size_t limit = 0;
  const auto parsed = std::from_chars(wanted.data(), wanted.data() + wanted.size(), limit);
  if (parsed.ec != std::errc() || parsed.ptr != wanted.data() + wanted.size() || limit == 0)
    return usage_error("search", "--limit takes a number above 0");

  store::ArchiveQuery query;
  query.since = *since;
  query.feed = options->value("--feed");
  query.newest = true;
  std::shared_ptr<const rules::RuleSet> rules;
  if (options->has("--rule")) {
    rules = compile(*options, text);
    if (rules == nullptr) return kUsage;
  } else {
    query.words = store::search_words(text);
    if (query.words.empty()) return usage_error("search", "the query holds no word to look for");
  }
  int status = kFine;
  auto admin = open_state("search", *options, status);
  if (!admin) return status;
  if (!query.words.empty()) index_the_rest(*admin);
  rules::Scratch scratch;
  std::size_t shown = 0;
  Progress progress("articles looked at");
  const auto done = for_each_item(*admin, query, [&](const store::ArchivedItem& found) {
    progress.step();
    if (rules != nullptr && rules->match(found.item, {.feed = found.feed}, scratch).empty())
      return true;
    print(found, options->has("--json"));
    return ++shown < limit;
  });
  if (!done) {
    std::cerr << "tocsin search: " << done.error().message << '\n';
    return kFindings;
  }
  if (shown == 0) std::cerr << "nothing found\n";
  return shown > 0 ? kFine : kFindings;
}

}  // namespace

const Command kSearchCommand = {"search", "look for articles in the archive", kHelp, &run};

}  // namespace tocsin::app
