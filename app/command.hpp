// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::app {

/// The words after the subcommand's name.
using Args = std::vector<std::string>;

/// Exit codes: a contract (see the man page).
inline constexpr int kFine = 0;      ///< everything as it should be
inline constexpr int kFindings = 1;  ///< findings or failures
inline constexpr int kUsage = 2;     ///< wrong usage, or an unreadable or invalid configuration

/// One subcommand of the program. Results go to standard output, everything else to standard error.
struct Command {
  std::string_view name;
  std::string_view summary;  ///< one line for `tocsin --help`
  std::string_view help;     ///< what `tocsin NAME --help` prints: usage, options, an example
  int (*run)(const Args& args);
};

/// Every subcommand, in the order in which `tocsin --help` lists them (app/commands.cpp).
std::span<const Command> commands();

// One file a subcommand: app/cmd_<name>.cpp.
extern const Command kBacktestCommand;
extern const Command kCheckCommand;
extern const Command kCompletionCommand;
extern const Command kDbCommand;
extern const Command kDemoCommand;
extern const Command kDiscoverCommand;
extern const Command kExplainCommand;
extern const Command kExtractCommand;
extern const Command kFeedsCommand;
extern const Command kGroupCommand;
extern const Command kManualCommand;
extern const Command kMatchCommand;
extern const Command kMatchesCommand;
extern const Command kNamesCommand;
extern const Command kOpmlCommand;
extern const Command kOutboxCommand;
extern const Command kNotifyCommand;
extern const Command kParseCommand;
extern const Command kRecordCommand;
extern const Command kReloadCommand;
extern const Command kRoutesCommand;
extern const Command kRunCommand;
extern const Command kSchemaCommand;
extern const Command kSearchCommand;
extern const Command kSilenceCommand;
extern const Command kTestCommand;

}  // namespace tocsin::app
