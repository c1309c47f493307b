// SPDX-License-Identifier: MIT
#include <iostream>

#include "app/command.hpp"
#include "app/options.hpp"
#include "parser/feed_json.hpp"
#include "parser/parser.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin parse [--url URL] [--content-type TYPE] FILE

Reads a feed (RSS, Atom or JSON Feed; "-" is standard input) and prints it as one JSON Feed 1.1
document. What was repaired or cannot be read stands under _tocsin.warnings.

  --url URL            where the feed was fetched from: the base of relative links
  --content-type TYPE  the HTTP header that it came with

Exit status: 0 when a feed was read; 1 when the file is no feed (the message says what it looks
like); 2 when it cannot be opened.

Example:
  tocsin parse --url https://news.example.org/rss feed.xml
)";

int run(const Args& args) {
  const auto options = parse_options(args, {{"--url", true}, {"--content-type", true}});
  if (!options) return usage_error("parse", options.error().message);
  if (options->operands.size() != 1)
    return usage_error("parse", "name one file, or - for standard input");
  const auto& file = options->operands.front();
  const auto bytes = read_input(file);
  if (!bytes) {
    std::cerr << "tocsin parse: " << bytes.error().message << '\n';
    return kUsage;
  }
  parser::Source source;
  source.url = options->value("--url");
  source.content_type = options->value("--content-type");
  const auto feed = parser::parse_feed(*bytes, source);
  if (!feed) {
    std::cerr << "tocsin parse: " << file << ": " << feed.error().message << '\n';
    return kFindings;
  }
  std::cout << parser::to_json(*feed) << '\n';
  return std::cout.flush() ? kFine : kFindings;
}

}  // namespace

const Command kParseCommand = {"parse", "a feed as one JSON Feed 1.1 document", kHelp, &run};

}  // namespace tocsin::app
