// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "base/result.hpp"

namespace tocsin::app {

/// One option that a subcommand takes: "--config FILE" has a value, "--once" has none.
struct OptionSpec {
  std::string_view name;  ///< with its dashes
  bool takes_value = false;
};

/// A command line, taken apart. "--name=value" and "--name value" are the same; "--" ends options;
/// "-" is an operand (standard input).
struct Options {
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  std::vector<std::string> operands;

  [[nodiscard]] bool has(std::string_view name) const { return given.find(name) != given.end(); }
  /// The last value given for `name`, or `fallback`.
  [[nodiscard]] std::string value(std::string_view name, std::string_view fallback = "") const;
};

/// Takes `args` apart. Errors: malformed, with what was meant ("did you mean --config?").
Result<Options> parse_options(const Args& args, std::initializer_list<OptionSpec> specs);

/// Prints "tocsin NAME: MESSAGE" and where to find help on standard error; returns kUsage.
int usage_error(std::string_view command, std::string_view message);

/// Whether `path` names a folder.
bool is_folder(const std::string& path);

/// The whole of the file at `path`, or of standard input for "-". Errors: not_found, denied, io,
/// unsupported (a folder).
Result<std::string> read_input(const std::string& path);

}  // namespace tocsin::app
