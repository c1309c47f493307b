// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/spec.hpp"

namespace tocsin::config::detail {

/// One configuration file's text, with its lines at hand. Immutable after construction, except that
/// the line index is made when the first line is asked for. One thread at a time.
class Source {
 public:
  Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  [[nodiscard]] const std::string& name() const noexcept { return name_.str(); }
  [[nodiscard]] const rules::FileName& file() const noexcept { return name_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Line `number` (from 1) without its end; "" beyond the last.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

 private:
  rules::FileName name_;  ///< as the user wrote the path
  std::string text_;
  mutable std::vector<std::size_t> starts_;  ///< byte offset of each line; empty: not yet made
};

/// `line` fit to be shown: the values of keys that speak of secrets (password, token, ...; also
/// when misspelt), user names and passwords in URLs and secret query parameters become stars of the
/// same length, and control characters blanks, so that columns stay true. Any thread: pure.
std::string mask_line(std::string_view line);

/// True for a key whose value must not be shown, also when misspelt; a path to a secret may.
bool speaks_of_secrets(std::string_view key);

/// Bytes of the first `characters` characters of UTF-8 `text`; the whole size when it has fewer.
std::size_t byte_of_character(std::string_view text, std::size_t characters) noexcept;

/// How many characters (code points) UTF-8 `text` has.
std::size_t count_characters(std::string_view text) noexcept;

}  // namespace tocsin::config::detail
