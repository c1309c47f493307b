// SPDX-License-Identifier: MIT
#include "parser/detail/date_parts.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace tocsin::parser::detail {

namespace chrono = std::chrono;
namespace {

/// What is further away was misread, in whatever calendar.
bool is_of_news(int gregorian_year) {
  return gregorian_year >= 1900 && gregorian_year <= 2200;
}

}  // namespace

void DateParts::set_day_and_month(int a, int b, char sign) {
  const auto fits = [&](int the_month, int the_day) {
    const chrono::year_month_day date{chrono::year{year},
                                      chrono::month{static_cast<unsigned>(the_month)},
                                      chrono::day{static_cast<unsigned>(the_day)}};
    return date.ok() &&
           (!weekday || chrono::weekday{chrono::sys_days{date}}.c_encoding() == *weekday);
  };
  const bool american = sign == '/';
  const bool swapped = american ? a > 12 || (weekday && !fits(a, b) && fits(b, a))
                                : b > 12 || (weekday && !fits(b, a) && fits(a, b));
  const bool month_is_a = american != swapped;
  month = month_is_a ? a : b;
  day = month_is_a ? b : a;
  numeric_month = true;
}

void DateParts::set_date(chrono::year_month_day date) {
  year = static_cast<int>(date.year());
  month = static_cast<int>(static_cast<unsigned>(date.month()));
  day = static_cast<int>(static_cast<unsigned>(date.day()));
  numeric_month = true;
}

bool DateParts::set_ordinal(int day_of_year) {
  const bool leap = chrono::year{year}.is_leap();
  if (day_of_year < 1 || day_of_year > (leap ? 366 : 365)) return false;
  set_date(chrono::year_month_day{chrono::sys_days{chrono::year{year} / chrono::January / 1} +
                                  chrono::days{day_of_year - 1}});
  return true;
}

bool DateParts::set_week(int week, int weekday_number) {
  if (week < 1 || week > 53 || weekday_number < 1 || weekday_number > 7) return false;
  const auto fourth = chrono::sys_days{chrono::year{year} / chrono::January / 4};
  const auto monday = fourth - (chrono::weekday{fourth} - chrono::Monday);
  set_date(chrono::year_month_day{monday + chrono::days{7 * (week - 1) + weekday_number - 1}});
  return true;
}

std::optional<chrono::year_month_day> DateParts::date() const {
  constexpr int kFirstJalali = 1300;
  constexpr int kLastJalali = 1499;
  const int the_day = std::max(day, 1);
  if (calendar == Calendar::jalali ||
      (numeric_month && year >= kFirstJalali && year <= kLastJalali)) {
    const auto found = from_jalali(year, month, the_day);
    return found && is_of_news(static_cast<int>(found->year())) ? found : std::nullopt;
  }
  const int the_year = year > 2400 && year < 2700 ? year - 543 : year;  // of the Buddha
  if (!is_of_news(the_year)) return std::nullopt;
  const chrono::year_month_day found{chrono::year{the_year},
                                     chrono::month{static_cast<unsigned>(std::max(month, 1))},
                                     chrono::day{static_cast<unsigned>(the_day)}};
  if (!found.ok()) return std::nullopt;
  return found;
}

std::optional<Timestamp> DateParts::instant() const {
  const bool timed_without_a_day = hour >= 0 && day == 0;
  if (year < 0 || month == 0 || timed_without_a_day) return std::nullopt;
  const auto the_day = date();
  int the_hour = std::max(hour, 0);
  if (afternoon && the_hour <= 12) the_hour = the_hour % 12 + (*afternoon ? 12 : 0);
  if (!the_day || the_hour > 24 || minute > 59 || second > 60) return std::nullopt;
  if (the_hour == 24 && (minute > 0 || second > 0)) return std::nullopt;
  if (std::abs(offset) > 18 * 60) return std::nullopt;
  const auto local = chrono::sys_days{*the_day} + chrono::hours{the_hour} +
                     chrono::minutes{minute} + chrono::seconds{second};
  int east = korean && !numeric_offset && offset == 0 ? 9 * 60 : offset;
  if (!zone.empty() && !numeric_offset)
    east = offset_in(zone, chrono::local_seconds{local.time_since_epoch()}).value_or(east);
  return Timestamp{local} - chrono::minutes{east};
}

}  // namespace tocsin::parser::detail
