// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include <re2/re2.h>

#include "rules/detail/border.hpp"

namespace tocsin::rules::detail {

/// Half open, in bytes.
struct Stretch {
  std::size_t start = 0, stop = 0;
};

/// A regex of a rule, ready to run. RE2 does the work; what it does not know is that words are
/// written in other letters than a to z, which matters to \b. Any thread: immutable.
class Pattern {
 public:
  /// `regex` as a rule has it, which `regex_fault` has passed.
  Pattern(std::string_view regex, bool case_sensitive);

  /// True when \b and \B of `regex` mean the letters of every script, or it has none.
  [[nodiscard]] bool knows_borders() const noexcept { return !asks_ || bordered_ != nullptr; }

  /// True when it is somewhere in `text`.
  [[nodiscard]] bool is_in(std::string_view text) const;

 private:
  friend class PatternSearch;
  re2::RE2 plain_;
  bool asks_ = false;                   // for a border
  std::unique_ptr<re2::RE2> bordered_;  // for a BorderText
};

/// One search after the other for a pattern in a text, each behind what the last one found. The
/// arguments must outlive it.
class PatternSearch {
 public:
  /// `borders` is memory to work in: empty, or what an earlier search of the same text left there.
  PatternSearch(const Pattern& pattern, std::string_view text, BorderText& borders);

  /// The next stretch; it may be empty, as of /\b/. None at the end.
  std::optional<Stretch> next();

 private:
  const re2::RE2* regex_;
  re2::StringPiece text_;
  const BorderText* borders_ = nullptr;  // null: `text_` is the text itself
  std::size_t at_ = 0;
};

}  // namespace tocsin::rules::detail
