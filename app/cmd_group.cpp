// SPDX-License-Identifier: MIT
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>

#include <unistd.h>

#include "app/command.hpp"
#include "app/json_lines.hpp"
#include "app/options.hpp"
#include "base/time_format.hpp"
#include "parser/item_json.hpp"
#include "stories/grouper.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin group [--window DURATION] ITEMS.jsonl

Reads JSON Lines, one JSON Feed item a line, oldest first, and prints for each which story it tells:
  {"id","story"}
Items with the same story tell the same news: copies of one text, other reports of one event. Each
line is decided by the lines before it alone. An item without an id is named by its line number:
"line:7"; one without a date is taken to come with the one before it. Lines that cannot be read are
reported and skipped; the exit code is then 1. A file of "-" is standard input.

  --window DURATION  for how long an item is remembered (default 72h)

Example:
  tocsin group examples/items.jsonl
)";

class Grouping {
 public:
  explicit Grouping(const stories::Grouper::Options& options) : grouper_(options) {}

  void line(std::string_view text, std::size_t number, Output& out, BadLines& bad) {
    const auto read = parser::item_from_json(text);
    if (!read) return bad.tell(number, read.error().message);
    const auto& item = read->item;
    const auto id = item.id.empty() ? "line:" + std::to_string(number) : item.id;
    if (item.published) now_ = *item.published;
    out.text("{\"id\":");
    out.quoted(id);
    out.text(",\"story\":");
    out.quoted(grouper_.place(item, id, now_).story);
    out.text("}\n");
  }

 private:
  stories::Grouper grouper_;
  Timestamp now_{};
};

int run(const Args& args) {
  const auto options = parse_options(args, {{"--window", true}});
  if (!options) return usage_error("group", options.error().message);
  if (options->operands.size() != 1)
    return usage_error("group", "exactly one file of items is wanted; - is standard input");
  stories::Grouper::Options grouping;
  if (options->has("--window")) {
    const auto window = parse_duration(options->value("--window"));
    if (!window) return usage_error("group", "--window: " + window.error().message);
    grouping.window = std::chrono::duration_cast<std::chrono::seconds>(*window);
  }
  auto lines = LineReader::open(options->operands.front());
  if (!lines) {
    std::cerr << "tocsin group: " << lines.error().message << '\n';
    return kUsage;
  }
  Output out(STDOUT_FILENO);
  Grouping group(grouping);
  BadLines bad("group");
  while (const auto line = lines->next()) {
    if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
    group.line(*line, lines->number(), out, bad);
    if (out.broken()) return kFindings;
  }
  bad.end();
  if (lines->failed())
    std::cerr << "tocsin group: " << options->operands.front() << ": read error\n";
  const bool well = !bad.any() && !lines->failed();
  out.flush();
  return well && !out.broken() ? kFine : kFindings;
}

}  // namespace

const Command kGroupCommand = {"group", "which items tell the same story", kHelp, &run};

}  // namespace tocsin::app
