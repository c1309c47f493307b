// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules::detail {

/// True when `pattern` asks for a word border, \b or \B. RE2 knows those between letters of ASCII
/// only.
bool asks_for_border(std::string_view pattern);

/// `pattern`, in which \w and \d are classes by now, as it is to be run on a `BorderText`, where \b
/// and \B then mean the letters of every script. Empty for what cannot be said so: \C, a class that
/// holds control characters, ^ somewhere behind a border. Any thread: pure.
std::optional<std::string> for_border_text(std::string_view pattern);

/// A text with marks between its characters that tell word borders from other places. Memory is
/// kept from text to text. One thread's own.
class BorderText {
 public:
  void read(std::string_view text);
  void clear() noexcept { bytes_.clear(); }

  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
  /// Where byte `at` of `bytes()`, or its end, stands in the text; for a mark, what follows it.
  [[nodiscard]] std::uint32_t origin(std::size_t at) const noexcept { return origins_[at]; }
  /// `at`, or the first of the marks that end there: where a search goes on.
  [[nodiscard]] std::size_t before_marks(std::size_t at) const noexcept;
  /// The marks behind the character that `at`, or the marks there, stand before.
  [[nodiscard]] std::size_t next_marks(std::size_t at) const noexcept;

 private:
  [[nodiscard]] bool is_mark(std::size_t at) const noexcept;
  void mark(bool border, std::uint32_t origin);

  std::string bytes_;
  std::vector<std::uint32_t> origins_;  // of each byte, and of the end
};

}  // namespace tocsin::rules::detail
