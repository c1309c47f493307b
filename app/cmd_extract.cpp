// SPDX-License-Identifier: MIT
#include <iostream>

#include "app/command.hpp"
#include "app/options.hpp"
#include "parser/extract.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin extract [--url URL] [--content-type TYPE] FILE

Reads the web page of an article ("-" is standard input) and prints one JSON object:
  {"title","byline","text","html","language","date_published"}
`text` is the article alone, a blank line between paragraphs, without navigation, advertising,
captions, comments and links to other articles; `html` is the same as harmless markup. What the
page does not tell is left out.

  --url URL            where the page was fetched from: the base of relative links
  --content-type TYPE  the HTTP header that it came with

Exit status: 0 when an article was found; 1 when the page has no running text (what else is known
is printed); 2 when the file cannot be opened.

Example:
  tocsin extract --url https://news.example.org/2026/vote.html vote.html
)";

int run(const Args& args) {
  const auto options = parse_options(args, {{"--url", true}, {"--content-type", true}});
  if (!options) return usage_error("extract", options.error().message);
  if (options->operands.size() != 1)
    return usage_error("extract", "name one file, or - for standard input");
  const auto& file = options->operands.front();
  const auto bytes = read_input(file);
  if (!bytes) {
    std::cerr << "tocsin extract: " << bytes.error().message << '\n';
    return kUsage;
  }
  const auto article =
      parser::extract_article(*bytes, {options->value("--url"), options->value("--content-type")});
  std::cout << parser::to_json(article) << '\n';
  if (article.text.empty())
    std::cerr << "tocsin extract: " << file << ": the page has no running text\n";
  return std::cout.flush() && !article.text.empty() ? kFine : kFindings;
}

}  // namespace

const Command kExtractCommand = {"extract", "the article of a web page, as JSON", kHelp, &run};

}  // namespace tocsin::app
