// SPDX-License-Identifier: MIT
#include "app/json_lines.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tocsin::app {
namespace {

constexpr std::size_t kReadBlock = std::size_t{1} << 18U;

}  // namespace

Result<LineReader> LineReader::open(const std::string& path) {
  if (path == "-") return LineReader(STDIN_FILENO);
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

void Output::text(std::string_view piece) {
  buffer_ += piece;
  if (buffer_.size() >= kBlock) flush();
}

void Output::number(std::size_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Output::quoted(std::string_view piece) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  buffer_ += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const auto c = static_cast<unsigned char>(piece[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    buffer_ += piece.substr(plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': buffer_ += "\\\""; break;
      case '\\': buffer_ += "\\\\"; break;
      case '\n': buffer_ += "\\n"; break;
      case '\t': buffer_ += "\\t"; break;
      case '\r': buffer_ += "\\r"; break;
      default:
        buffer_ += "\\u00";
        buffer_ += kHex[c >> 4U];
        buffer_ += kHex[c & 15U];
    }
  }
  buffer_ += piece.substr(plain);
  buffer_ += '"';
}

void Output::flush() {
  for (std::string_view left = buffer_; !left.empty() && !broken_;) {
    const auto written = ::write(fd_, left.data(), left.size());
    if (written >= 0)
      left.remove_prefix(static_cast<std::size_t>(written));
    else
      broken_ = errno != EINTR;
  }
  buffer_.clear();
}

}  // namespace tocsin::app
