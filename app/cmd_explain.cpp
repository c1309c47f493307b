// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>
#include <string_view>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/rules_file.hpp"
#include "parser/item_json.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    "Usage: tocsin explain --config FILE --watch NAME ITEM.json\n\n"
    "Prints the clauses of one watch with true or false for one JSON Feed item, where each clause\n"
    "was found, and for a miss how near it came. A file of \"-\" is standard input. The exit code "
    "is\n"
    "0 whether the watch matches or not.\n\n"
    "Options:\n"
    "  --config FILE  the watches, and what they refer to\n"
    "  --watch NAME   which of them\n\n"
    "Example:\n"
    "  head -1 examples/items.jsonl | tocsin explain --config examples/smallest.yaml \\\n"
    "      --watch 'Astana talks' -\n";

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}, {"--watch", true}});
  if (!options) return usage_error("explain", options.error().message);
  if (!options->has("--config")) return usage_error("explain", "--config FILE is missing");
  if (!options->has("--watch")) return usage_error("explain", "--watch NAME is missing");
  if (options->operands.size() != 1)
    return usage_error("explain", "exactly one item is wanted; - is standard input");
  const auto rules = load_rules(options->value("--config"), std::cerr);
  if (!rules) return kUsage;
  const auto text = read_input(options->operands.front());
  if (!text) {
    std::cerr << "tocsin explain: " << text.error().message << '\n';
    return kUsage;
  }
  const auto read = parser::item_from_json(*text);
  if (!read) {
    std::cerr << "tocsin explain: " << read.error().message << '\n';
    return kFindings;
  }
  rules::ItemContext context;
  context.feed = read->feed;
  context.labels = rules->labels_of(read->feed);
  rules::Scratch scratch;
  const auto told = rules->rules->explain(options->value("--watch"), read->item, context, scratch);
  if (!told) {
    std::cerr << "tocsin explain: there is no watch '" << options->value("--watch") << "'\n";
    return kUsage;
  }
  std::cout << *told;
  return kFine;
}

}  // namespace

const Command kExplainCommand = {"explain", "says why a watch matches an item, or does not", kHelp,
                                 &run};

}  // namespace tocsin::app
