// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>

#include "app/command.hpp"
#include "app/completion.hpp"
#include "app/options.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin completion bash|zsh|fish

Writes a script that makes the shell complete commands, options and files. It is made from the
commands' own help, so it knows what this program knows.

Example:
  tocsin completion bash > ~/.local/share/bash-completion/completions/tocsin
)";

int run(const Args& args) {
  const auto options = parse_options(args, {});
  if (!options) return usage_error("completion", options.error().message);
  const auto script =
      options->operands.size() == 1 ? completion(options->operands[0], commands()) : std::nullopt;
  if (!script) return usage_error("completion", "takes bash, zsh or fish");
  std::cout << *script;
  return kFine;
}

}  // namespace

const Command kCompletionCommand = {"completion", "write completions for a shell", kHelp, &run};

}  // namespace tocsin::app
