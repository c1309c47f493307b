// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/state_folder.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin db check --config FILE
       tocsin db backup --config FILE TARGET

Looks after the database. Both work beside a running daemon.

  check            reads all of it and says what is damaged
  backup TARGET    writes a whole copy to the new file TARGET, which only you may read; to restore,
                   stop the daemon and put it in the storage folder as tocsin.db

  --config FILE    the configuration, for its storage folder
  --storage DIR    the storage folder itself

Exit status: 0 when all is well; 1 when something is damaged or cannot be read or written.

Example:
  tocsin db backup --config tocsin.yaml /var/backups/tocsin.db
)";

int check(store::Admin& admin) {
  const auto damage = admin.damage();
  if (!damage) {
    std::cerr << "tocsin db: " << damage.error().message << '\n';
    return kFindings;
  }
  for (const auto& line : *damage) std::cout << line << '\n';
  if (damage->empty()) std::cout << "the database is sound\n";
  return damage->empty() ? kFine : kFindings;
}

int backup(store::Admin& admin, const std::string& target) {
  const auto done = admin.backup(target);
  if (!done) {
    std::cerr << "tocsin db: " << done.error().message << '\n';
    return kFindings;
  }
  std::cout << "written to " << target << '\n';
  return kFine;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}, {"--storage", true}});
  if (!options) return usage_error("db", options.error().message);
  const auto& words = options->operands;
  const bool checks = words.size() == 1 && words[0] == "check";
  const bool copies = words.size() == 2 && words[0] == "backup";
  if (!checks && !copies) return usage_error("db", "takes check, or backup and a new file");
  int status = kFine;
  auto admin = open_state("db", *options, status);
  if (!admin) return status;
  return checks ? check(*admin) : backup(*admin, words[1]);
}

}  // namespace

const Command kDbCommand = {"db", "check or back up the database", kHelp, &run};

}  // namespace tocsin::app
