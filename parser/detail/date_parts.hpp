// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "parser/detail/date_words.hpp"

namespace tocsin::parser::detail {

/// The parts of a date as they are found, in whatever order, and what they make together. One
/// thread at a time.
struct DateParts {
  static constexpr int kNone = -1;

  int year = kNone, month = 0, day = 0;  ///< month and day from 1; 0: none so far
  int hour = kNone, minute = 0, second = 0;
  int offset = 0;  ///< minutes east
  Calendar calendar = Calendar::gregorian;
  bool numeric_month = false;   ///< the month was no word
  bool numeric_offset = false;  ///< the offset was no word
  bool korean = false;          ///< written in Korean: Korean time where no zone says otherwise
  std::optional<bool> afternoon;
  std::optional<unsigned> weekday;
  std::string zone;  ///< an IANA name in lower case; empty when none is given

  [[nodiscard]] bool has_date() const noexcept { return year >= 0 && month != 0 && day != 0; }

  /// The day `a` SIGN `b` of `year`, where either may be the month.
  void set_day_and_month(int a, int b, char sign);

  /// The day of the year from 1; false when it does not exist.
  bool set_ordinal(int day_of_year);

  /// A week of ISO 8601 and its day, 1 for Monday; false when it does not exist.
  bool set_week(int week, int weekday_number);

  /// The instant; empty when a part is missing or does not exist.
  [[nodiscard]] std::optional<Timestamp> instant() const;

 private:
  [[nodiscard]] std::optional<std::chrono::year_month_day> date() const;
  void set_date(std::chrono::year_month_day date);
};

/// The year of two digits, 1969 to 2068.
constexpr int full_year(int two_digits) noexcept {
  return two_digits + (two_digits < 69 ? 2000 : 1900);
}

}  // namespace tocsin::parser::detail
