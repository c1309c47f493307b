// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tocsin::testing {

/// A program that a test runs: its standard input and output are pipes to the test, its standard
/// error goes to a file. Killed when the object ends.
class Process {
 public:
  /// Starts `words[0]` (looked up in PATH). Standard error is appended to `error_file`.
  Process(std::vector<std::string> words, const std::string& error_file);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Writes `line` and a line end to its standard input.
  void write_line(const std::string& line);

  /// The next line of its standard output; empty when `limit` passed or the output ended.
  std::optional<std::string> read_line(std::chrono::milliseconds limit);

  /// Sends a signal.
  void signal(int number);

  /// Waits for its end and returns the exit code, or minus the signal that ended it; empty when
  /// `limit` passed.
  std::optional<int> wait(std::chrono::milliseconds limit);

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string buffer_;
};

/// Runs a program to its end. `status` is as `Process::wait` gives it, or -1000 after a minute.
struct Finished {
  int status = 0;
  std::string out, err;
};
Finished run_program(std::vector<std::string> words, const std::string& scratch_folder);

/// The program under test, from the environment of the test.
std::string tocsin_binary();

}  // namespace tocsin::testing
