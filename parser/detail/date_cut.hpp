// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::parser::detail {

/// One word of a date: a run of letters (folded), a run of digits (in ASCII), or a single sign.
struct Word {
  enum class Kind : std::uint8_t { letters, digits, sign } kind{};
  std::string text;
  std::int64_t number = 0;
  bool glued = false;  ///< no blank before it
};

/// Cuts a date into its words; none where a number is too long to be one. Any thread: pure.
std::vector<Word> cut_date(std::string_view written);

}  // namespace tocsin::parser::detail
