// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"

namespace tocsin::notifier::detail {

/// A program to run, and what it is given.
struct Command {
  std::vector<std::string> arguments;                            ///< the program first; never empty
  std::vector<std::pair<std::string, std::string>> environment;  ///< all that it gets
  std::string input;                                             ///< its standard input
  std::chrono::milliseconds limit{20'000};  ///< then it and its children are killed
};

/// How it ended.
struct Ended {
  int code = 0;            ///< exit code; -1 when a signal ended it
  int signal = 0;          ///< which; 0: none
  bool timed_out = false;  ///< it was us
  std::string output;      ///< the first 4 kB of standard output and error
};

/// Runs `command` without a shell, in a process group of its own, with no file descriptors but the
/// first three, and waits for its end without blocking the loop. What it starts and leaves behind
/// is killed only when the time is up. Errors: not_found, denied (the program), io.
boost::asio::awaitable<Result<Ended>> run_command(Command command);

}  // namespace tocsin::notifier::detail
