// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/options.hpp"
#include "base/spelling.hpp"

namespace tocsin::app {
namespace {

void print_overview(std::ostream& out) {
  out << "tocsin watches news feeds and alerts, once, when they mention what you watch.\n\n"
         "Usage: tocsin COMMAND [OPTION...]\n\nCommands:\n";
  for (const auto& command : commands()) {
    out << "  " << command.name
        << std::string(command.name.size() < 12 ? 12 - command.name.size() : 1, ' ')
        << command.summary << '\n';
  }
  out << "\n`tocsin COMMAND --help` explains one, with an example. Start with: tocsin demo\n";
}

int unknown_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  std::cerr << "tocsin: unknown command '" << name << "'";
  if (const auto close = closest(name, names); !close.empty())
    std::cerr << "; did you mean '" << close << "'?";
  std::cerr << "\nTry: tocsin --help\n";
  return kUsage;
}

int run(const Args& words) {
  if (words.empty()) {
    print_overview(std::cerr);
    return kUsage;
  }
  const auto& name = words.front();
  if (name == "--help" || name == "-h" || name == "help") {
    print_overview(std::cout);
    return kFine;
  }
  if (name == "--version" || name == "version") {
    std::cout << "tocsin " TOCSIN_VERSION "\n";
    return kFine;
  }
  const auto all = commands();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == name; });
  if (found == all.end()) return unknown_command(name);
  const Args args(words.begin() + 1, words.end());
  if (std::any_of(args.begin(), args.end(),
                  [](const auto& arg) { return arg == "--help" || arg == "-h"; })) {
    std::cout << found->help;
    return kFine;
  }
  return found->run(args);
}

/// A result that could not be written, as to a full disk, is none.
int after_output(int status) {
  if (std::cout.flush()) return status;
  std::cerr << "tocsin: cannot write the output\n";
  return status == kFine ? kFindings : status;
}

}  // namespace
}  // namespace tocsin::app

int main(int argc, char** argv) {
  try {
    return tocsin::app::after_output(tocsin::app::run({argv + 1, argv + argc}));
  } catch (const std::exception& bug) {
    std::cerr << "tocsin: internal error: " << bug.what() << "\n";
    return tocsin::app::kFindings;
  }
}
