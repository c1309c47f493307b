// SPDX-License-Identifier: MIT
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include <unistd.h>

#include "app/command.hpp"
#include "app/json_lines.hpp"
#include "app/options.hpp"
#include "app/rules_file.hpp"
#include "parser/item_json.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    "Usage: tocsin match --config FILE [--count] ITEMS.jsonl\n\n"
    "Reads JSON Lines, one JSON Feed item a line, and prints one line of JSON for every watch "
    "that\n"
    "holds for it:\n"
    "  {\"id\",\"watch\",\"hits\":[{\"field\",\"start\",\"end\",\"text\",\"term\"}]}\n"
    "Offsets are bytes of the field's plain text, half open. An item without an id is named by "
    "its\n"
    "line number: \"line:7\". Ages are not judged. Lines that cannot be read are reported and\n"
    "skipped; the exit code is then 1. A file of \"-\" is standard input.\n\n"
    "Options:\n"
    "  --config FILE  the watches, and what they refer to\n"
    "  --count        print only how many items and matches there were\n\n"
    "Example:\n"
    "  tocsin match --config examples/smallest.yaml examples/items.jsonl\n";

class Matching {
 public:
  Matching(const RulesFile& rules, bool count) : rules_(rules), count_(count) {}

  void line(std::string_view text, std::size_t number, Output& out, BadLines& bad) {
    auto read = parser::item_from_json(text);
    if (!read) return bad.tell(number, read.error().message);
    if (read->item.id.empty()) read->item.id = "line:" + std::to_string(number);
    ++items_;
    rules::ItemContext context;
    context.feed = read->feed;
    context.labels = rules_.labels_of(read->feed);
    const auto& id = read->item.id;
    rules_.rules->match_each(read->item, context, scratch_, [&](const rules::MatchView& match) {
      ++matches_;
      if (!count_) print(id, match, out);
    });
  }

  void totals(Output& out) const {
    out.text("{\"items\":");
    out.number(items_);
    out.text(",\"matches\":");
    out.number(matches_);
    out.text("}\n");
  }

 private:
  static void print(std::string_view id, const rules::MatchView& match, Output& out) {
    out.text("{\"id\":");
    out.quoted(id);
    out.text(",\"watch\":");
    out.quoted(match.watch);
    out.text(",\"hits\":[");
    bool first = true;
    for (const auto& hit : match.hits) {
      out.text(first ? "{\"field\":\"" : ",{\"field\":\"");
      first = false;
      out.text(to_string(hit.field));
      out.text("\",\"start\":");
      out.number(hit.start);
      out.text(",\"end\":");
      out.number(hit.end);
      out.text(",\"text\":");
      out.quoted(hit.text);
      out.text(",\"term\":");
      out.quoted(hit.term);
      out.text("}");
    }
    out.text("]}\n");
  }

  const RulesFile& rules_;
  bool count_;
  rules::Scratch scratch_;
  std::size_t items_ = 0, matches_ = 0;
};

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}, {"--count", false}});
  if (!options) return usage_error("match", options.error().message);
  if (!options->has("--config")) return usage_error("match", "--config FILE is missing");
  if (options->operands.size() != 1)
    return usage_error("match", "exactly one file of items is wanted; - is standard input");
  const auto rules = load_rules(options->value("--config"), std::cerr);
  if (!rules) return kUsage;
  auto lines = LineReader::open(options->operands.front());
  if (!lines) {
    std::cerr << "tocsin match: " << lines.error().message << '\n';
    return kUsage;
  }
  Output out(STDOUT_FILENO);
  Matching matching(*rules, options->has("--count"));
  BadLines bad("match");
  while (const auto line = lines->next()) {
    if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
    matching.line(*line, lines->number(), out, bad);
    if (out.broken()) return kFindings;
  }
  bad.end();
  if (lines->failed())
    std::cerr << "tocsin match: " << options->operands.front() << ": read error\n";
  const bool well = !bad.any() && !lines->failed();
  if (options->has("--count")) matching.totals(out);
  out.flush();
  return well && !out.broken() ? kFine : kFindings;
}

}  // namespace

const Command kMatchCommand = {"match", "runs items through the watches", kHelp, &run};

}  // namespace tocsin::app
