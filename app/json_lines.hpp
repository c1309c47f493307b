// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tocsin::app {

/// Reads a file or a pipe line by line, in blocks, with memory for one block and the longest line.
class LineReader {
 public:
  /// Opens the file at `path`; "-" is standard input. Errors: not_found, denied, unsupported (a
  /// folder).
  static Result<LineReader> open(const std::string& path);

  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  LineReader(const LineReader&) = delete;
  ~LineReader();

  /// The next line without its end, valid until the next call; empty when there is no more.
  std::optional<std::string_view> next();

  /// The number of the line that `next` returned last, from 1.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  /// True when reading ended by an error of the disk or the pipe.
  [[nodiscard]] bool failed() const noexcept { return failed_; }

 private:
  explicit LineReader(int fd) : fd_(fd) {}
  bool fill();
  std::string_view numbered(std::string_view line) noexcept;

  int fd_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what of buffer_ is read and not yet handed out
  std::size_t number_ = 0;
  bool ended_ = false, failed_ = false;
};

/// Says which lines could not be read: the first twenty, and of the others how many they were.
class BadLines {
 public:
  /// `command` begins each message.
  explicit BadLines(std::string_view command) : command_(command) {}

  void tell(std::size_t number, std::string_view why);
  /// What is left to say once all lines were read.
  void end() const;
  [[nodiscard]] bool any() const noexcept { return count_ > 0; }

 private:
  static constexpr std::size_t kMostTold = 20;
  std::string_view command_;
  std::size_t count_ = 0;
};

/// Writes JSON to a file descriptor through a buffer of its own; `flush` at the end is the
/// caller's.
class Output {
 public:
  explicit Output(int fd) : fd_(fd), buffer_(kBlock) {}

  void text(std::string_view piece);
  void number(std::size_t value);
  /// `piece` as a JSON string, with its quotes.
  void quoted(std::string_view piece);
  void flush();
  /// True once writing failed: the reader of a pipe has gone.
  [[nodiscard]] bool broken() const noexcept { return broken_; }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 16U;

  /// Where `size` bytes can be written; `used_` is to be moved by what was.
  char* room(std::size_t size);

  int fd_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
  bool broken_ = false;
};

}  // namespace tocsin::app
