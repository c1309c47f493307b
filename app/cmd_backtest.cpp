// SPDX-License-Identifier: MIT
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/archive_reading.hpp"
#include "app/backtest.hpp"
#include "app/command.hpp"
#include "app/rules_file.hpp"
#include "app/state_folder.hpp"
#include "base/redact.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin backtest --config FILE [--since DURATION] [--watch NAME] [--against OLD.yaml] [--json]

What the watches of the configuration would have matched in the stored archive: for each watch how
many articles, a bar a day, and the last few titles. It changes nothing and alerts nobody.

  --config FILE       the configuration: its watches, and its storage folder
  --storage DIR       another storage folder
  --since DURATION    how far back (default 30d)
  --watch NAME        this watch alone
  --against OLD.yaml  also matches by these watches, and shows what came (+) and went (-)
  --json              one JSON object a watch

Exit status: 0, whatever was matched; 1 when the archive cannot be read; 2 when a configuration is
not valid.

Example:
  tocsin backtest --config new.yaml --against tocsin.yaml --since 30d
)";

constexpr std::size_t kChartWidth = 60;

/// One set of watches and what it found.
struct Side {
  const RulesFile* file = nullptr;
  std::map<std::string, WatchHistory, std::less<>> history;
};

/// What the two sides do not agree on, by watch.
struct Difference {
  WatchHistory came, went;
};

class Backtest {
 public:
  Backtest(const RulesFile& now, const RulesFile* before, std::string only)
      : now_{&now, {}}, before_{before, {}}, only_(std::move(only)) {}

  void look_at(const store::ArchivedItem& one) {
    const auto fresh = match(now_, one);
    if (before_.file == nullptr) return;
    const auto old = match(before_, one);
    for (const auto& name : fresh)
      if (!old.contains(name)) differences_[name].came.add(one.found, one.item.title);
    for (const auto& name : old)
      if (!fresh.contains(name)) differences_[name].went.add(one.found, one.item.title);
  }

  void print(Timestamp first, Timestamp last) const {
    for (const auto& [name, history] : now_.history) {
      std::cout << name << ": " << history.total() << (history.total() == 1 ? " match" : " matches")
                << ", at most " << history.most_a_day() << " a day\n  |"
                << history.chart(first, last, kChartWidth) << "|\n";
      print_titles(history, "  ");
    }
    for (const auto& [name, change] : differences_) {
      std::cout << name << ": +" << change.came.total() << " -" << change.went.total() << '\n';
      print_titles(change.came, "  + ");
      print_titles(change.went, "  - ");
    }
    if (before_.file != nullptr && differences_.empty())
      std::cout << "both match the same articles\n";
  }

  void print_json() const {
    for (const auto& [name, history] : now_.history) {
      boost::json::object line{
          {"watch", name}, {"matches", history.total()}, {"most_a_day", history.most_a_day()}};
      if (before_.file != nullptr) {
        const auto change = differences_.find(name);
        const bool same = change == differences_.end();
        line["added"] = same ? 0 : change->second.came.total();
        line["removed"] = same ? 0 : change->second.went.total();
      }
      std::cout << boost::json::serialize(line) << '\n';
    }
  }

  [[nodiscard]] bool empty() const { return now_.history.empty() && differences_.empty(); }

 private:
  std::set<std::string, std::less<>> match(Side& side, const store::ArchivedItem& one) {
    std::set<std::string, std::less<>> names;
    rules::ItemContext context;
    context.feed = one.feed;
    context.labels = side.file->labels_of(one.feed);
    context.now = one.found;
    side.file->rules->match_each(one.item, context, scratch_, [&](const rules::MatchView& found) {
      if (only_.empty() || found.watch == only_) names.emplace(found.watch);
    });
    for (const auto& name : names) side.history[name].add(one.found, one.item.title);
    return names;
  }

  static void print_titles(const WatchHistory& history, std::string_view mark) {
    for (auto title = history.samples().rbegin(); title != history.samples().rend(); ++title)
      std::cout << mark << scrub(*title, 100) << '\n';
  }

  Side now_, before_;
  std::string only_;
  std::map<std::string, Difference, std::less<>> differences_;
  rules::Scratch scratch_;
};

bool has_watch(const RulesFile& rules, const std::string& name) {
  rules::Scratch scratch;
  return rules.rules->explain(name, Item{}, {}, scratch).has_value();
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--storage", true},
                                            {"--since", true},
                                            {"--watch", true},
                                            {"--against", true},
                                            {"--json", false}});
  if (!options) return usage_error("backtest", options.error().message);
  if (!options->operands.empty() || !options->has("--config"))
    return usage_error("backtest", "takes --config FILE and options");
  const auto now = SystemClock().now();
  const auto since = since_option(*options, "30d", now);
  if (!since) return usage_error("backtest", since.error().message);
  const auto rules = load_rules(options->value("--config"), std::cerr);
  if (!rules) return kUsage;
  std::optional<RulesFile> old;
  if (options->has("--against")) {
    old = load_rules(options->value("--against"), std::cerr);
    if (!old) return kUsage;
  }
  const auto watch = options->value("--watch");
  if (!watch.empty() && !has_watch(*rules, watch) && !(old && has_watch(*old, watch)))
    return usage_error("backtest", "there is no watch '" + watch + "'");
  int status = kFine;
  auto admin = open_state("backtest", *options, status);
  if (!admin) return status;

  Backtest test(*rules, old ? &*old : nullptr, watch);
  store::ArchiveQuery query;
  query.since = *since;
  std::size_t items = 0;
  {
    Progress progress("articles matched");
    const auto done = for_each_item(*admin, query, [&](const store::ArchivedItem& one) {
      progress.step();
      ++items;
      test.look_at(one);
      return true;
    });
    if (!done) {
      std::cerr << "tocsin backtest: " << done.error().message << '\n';
      return kFindings;
    }
  }
  if (options->has("--json"))
    test.print_json();
  else
    test.print(*since, now);
  std::cerr << items << " articles in that time" << (test.empty() ? ", nothing matched\n" : "\n");
  return kFine;
}

}  // namespace

const Command kBacktestCommand = {"backtest", "try watches on the stored archive", kHelp, &run};

}  // namespace tocsin::app
