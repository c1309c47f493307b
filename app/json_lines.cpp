// SPDX-License-Identifier: MIT
#include "app/json_lines.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "app/options.hpp"

namespace tocsin::app {
namespace {

constexpr std::size_t kReadBlock = std::size_t{1} << 18U;

}  // namespace

Result<LineReader> LineReader::open(const std::string& path) {
  if (path == "-") return LineReader(STDIN_FILENO);
  if (is_folder(path)) return Error{Errc::unsupported, path + ": this is a folder"};
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(*-vararg)
  if (fd >= 0) return LineReader(fd);
  const int why = errno;
  return Error{why == EACCES ? Errc::denied : Errc::not_found,
               path + ": " + std::generic_category().message(why)};
}

LineReader::LineReader(LineReader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}

LineReader::~LineReader() {
  if (fd_ > STDIN_FILENO) ::close(fd_);
}

/// Reads one more block behind what is left. False at the end.
bool LineReader::fill() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + kReadBlock) buffer_.resize(2 * end_ + kReadBlock);
  ssize_t got = 0;
  do {
    got = ::read(fd_, buffer_.data() + end_, buffer_.size() - end_);
  } while (got < 0 && errno == EINTR);
  failed_ = got < 0;
  ended_ = got <= 0;
  if (got > 0) end_ += static_cast<std::size_t>(got);
  return !ended_;
}

std::optional<std::string_view> LineReader::next() {
  for (std::size_t searched = 0;;) {
    const std::string_view left(buffer_.data() + begin_, end_ - begin_);
    const auto newline = left.find('\n', searched);
    if (newline != std::string_view::npos) {
      begin_ += newline + 1;
      return numbered(left.substr(0, newline));
    }
    searched = left.size();
    if (fill()) continue;
    if (left.empty()) return std::nullopt;
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    begin_ = end_;
    return numbered(rest);
  }
}

/// Counts the line; the mark of byte order before the first is no part of it.
std::string_view LineReader::numbered(std::string_view line) noexcept {
  if (++number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  return line;
}

void BadLines::tell(std::size_t number, std::string_view why) {
  if (++count_ <= kMostTold)
    std::cerr << "tocsin " << command_ << ": line " << number << ": " << why << '\n';
  else if (count_ == kMostTold + 1)
    std::cerr << "tocsin " << command_ << ": further lines that cannot be read are only counted\n";
}

void BadLines::end() const {
  if (count_ > kMostTold)
    std::cerr << "tocsin " << command_ << ": " << count_ << " lines cannot be read\n";
}

char* Output::room(std::size_t size) {
  if (used_ + size > buffer_.size()) flush();
  if (size > buffer_.size()) buffer_.resize(size);
  return buffer_.data() + used_;
}

void Output::text(std::string_view piece) {
  piece.copy(room(piece.size()), piece.size());
  used_ += piece.size();
}

void Output::number(std::size_t value) {
  constexpr std::size_t kMostDigits = 20;
  char* const to = room(kMostDigits);
  used_ += static_cast<std::size_t>(std::to_chars(to, to + kMostDigits, value).ptr - to);
}

namespace {

/// For each byte: 0 where it stands for itself in a JSON string, "u" where it is written as a
/// number, else the letter behind its backslash.
constexpr auto kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\n'] = 'n';
  table['\t'] = 't';
  table['\r'] = 'r';
  return table;
}();

}  // namespace

void Output::quoted(std::string_view piece) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kLongestEscape = 6;
  char* const begin = room(kLongestEscape * piece.size() + 2);
  char* to = begin;
  *to++ = '"';
  for (const char c : piece) {
    const auto byte = static_cast<unsigned char>(c);
    const char escape = kEscapes[byte];
    if (escape == 0) {
      *to++ = c;
      continue;
    }
    *to++ = '\\';
    *to++ = escape;
    if (escape != 'u') continue;
    for (const char digit : {'0', '0', kHex[byte >> 4U], kHex[byte & 15U]}) *to++ = digit;
  }
  *to++ = '"';
  used_ += static_cast<std::size_t>(to - begin);
}

void Output::flush() {
  for (std::string_view left(buffer_.data(), used_); !left.empty() && !broken_;) {
    const auto written = ::write(fd_, left.data(), left.size());
    if (written >= 0)
      left.remove_prefix(static_cast<std::size_t>(written));
    else
      broken_ = errno != EINTR;
  }
  used_ = 0;
}

}  // namespace tocsin::app
