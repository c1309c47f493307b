// SPDX-License-Identifier: MIT
#include "app/command.hpp"

namespace tocsin::app {

std::span<const Command> commands() {
  static const std::vector<Command> all = {
      kRunCommand,    kDemoCommand,    kParseCommand,    kExtractCommand, kCheckCommand,
      kTestCommand,   kRecordCommand,  kSchemaCommand,   kMatchCommand,   kGroupCommand,
      kNamesCommand,  kExplainCommand, kRoutesCommand,   kFeedsCommand,   kDiscoverCommand,
      kOpmlCommand,   kMatchesCommand, kNotifyCommand,   kOutboxCommand,  kSilenceCommand,
      kReloadCommand, kSearchCommand,  kBacktestCommand, kDbCommand,      kCompletionCommand,
      kManualCommand,
  };
  return all;
}

}  // namespace tocsin::app
