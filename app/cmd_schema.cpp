// SPDX-License-Identifier: MIT
#include <iostream>

#include "app/command.hpp"
#include "app/options.hpp"
#include "config/json_schema.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin schema

Writes the JSON Schema (draft 2020-12) of the configuration, for editors that complete and check
YAML by one. It comes from the table that `tocsin check` uses.

Example:
  tocsin schema > tocsin.schema.json
  # and as the first line of tocsin.yaml, for the YAML language server:
  # yaml-language-server: $schema=tocsin.schema.json
)";

int run_schema(const Args& args) {
  const auto options = parse_options(args, {});
  if (!options) return usage_error("schema", options.error().message);
  if (!options->operands.empty()) return usage_error("schema", "takes no operands");
  std::cout << config::json_schema();
  return kFine;
}

}  // namespace

const Command kSchemaCommand{"schema", "the JSON Schema of the configuration", kHelp, run_schema};

}  // namespace tocsin::app
