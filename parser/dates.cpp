// SPDX-License-Identifier: MIT
// One walk over the words of a date takes each for what it can be where it stands, rather than
// trying a list of formats: publishers write more of them than any list holds.
#include "parser/dates.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>

#include "parser/detail/date_clock.hpp"
#include "parser/detail/date_cut.hpp"
#include "parser/detail/date_parts.hpp"
#include "parser/detail/date_words.hpp"

namespace tocsin::parser {
namespace {

using detail::full_year;
using detail::Word;

/// Seconds, or parts of a second, since 1970: a number of so many digits can be nothing else.
std::optional<Timestamp> since_epoch(const Word& word) {
  const auto size = word.text.size();
  std::int64_t parts = 1;
  if (size == 13) parts = 1'000;
  if (size == 16) parts = 1'000'000;
  if (size == 19) parts = 1'000'000'000;
  if (parts == 1 && size != 9 && size != 10) return std::nullopt;
  return Timestamp{std::chrono::seconds{word.number / parts}};
}

class Reader {
 public:
  explicit Reader(std::string_view text) : at_(text) {}

  std::optional<Timestamp> read() {
    if (const auto when = lone_epoch()) return when;
    if (at_.is_sign(0, '-') && at_.is_digits(1)) {  // ISO 8601 with the century left out
      at_.skip(1);
      century_left_out_ = true;
    }
    while (!at_.at_end())
      if (!step()) return std::nullopt;
    const auto& words = at_.words();
    parts_.korean = std::any_of(words.begin(), words.end(),
                                [](const Word& word) { return detail::is_korean(word.text); });
    if (is_only_a_year()) parts_.month = 1;
    return parts_.instant();
  }

 private:
  /// "1504087200", with a fraction, or as "/Date(1504087200123)/".
  [[nodiscard]] std::optional<Timestamp> lone_epoch() const {
    const auto& words = at_.words();
    const Word* number = nullptr;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto& one = words[i];
      const bool fraction = i == 2 && number == &words[0] && words[1].text == ".";
      if (one.kind == Word::Kind::letters && one.text != "date") return std::nullopt;
      if (one.kind != Word::Kind::digits || fraction) continue;
      if (number != nullptr) return std::nullopt;
      number = &one;
    }
    return number == nullptr ? std::nullopt : since_epoch(*number);
  }

  [[nodiscard]] bool is_only_a_year() const {
    return at_.words().size() == (century_left_out_ ? 2U : 1U) && parts_.month == 0;
  }

  bool step() {
    if (at_.is_letters(0)) return letters();
    if (at_.is_digits(0)) return digits();
    if (parts_.hour >= 0 && detail::read_offset(at_, parts_)) return true;
    const bool half_an_offset = (at_.is_sign(0, '+') || at_.is_sign(0, '-')) && at_.is_digits(1) &&
                                at_.is_sign(2, ':') && parts_.hour >= 0;
    at_.skip(1);  // commas, brackets, slashes between parts
    return !half_an_offset;
  }

  bool letters() {
    if (detail::read_half(at_, parts_)) return take_lone_hour();
    if (at_.find(1) != nullptr) {
      if (const auto month = detail::month_named(at_.text(0), at_.text(1))) {
        at_.skip(2);
        return take_month(*month);
      }
      if (parts_.hour >= 0 && detail::read_iana_zone(at_, parts_)) return true;
      if (era()) return true;
    }
    const auto name = at_.text(0);
    if (name == "t" && parts_.hour < 0 && at_.is_digits(1)) {
      at_.skip(1);
      return detail::read_basic_clock(at_, parts_);
    }
    if (name == "thang" && at_.is_digits(1)) {  // Vietnamese: "month 8"
      const detail::Month month{at_.number(1)};
      at_.skip(2);
      return take_month(month);
    }
    if (parts_.hour >= 0 && detail::read_named_zone(at_, parts_)) return true;
    at_.skip(1);
    if (const auto weekday = detail::weekday_named(name); weekday && !parts_.weekday) {
      parts_.weekday = weekday;
      // "mar" is a day in French and a month in English: what follows tells.
      if (!detail::month_named(name)) return true;
    }
    const auto month = detail::month_named(name);
    return !month || take_month(*month);  // weekdays, "of" and the like say nothing
  }

  /// Of several before the date is whole the last one counts: what looked like one before was a
  /// weekday.
  bool take_month(detail::Month month) {
    if ((parts_.month != 0 && parts_.numeric_month) || parts_.has_date()) return true;
    parts_.month = month.number;
    parts_.calendar = month.calendar;
    return month.number >= 1 && month.number <= 12;
  }

  /// The 3 of "3 pm" and of "오후 3".
  bool take_lone_hour() {
    if (parts_.hour >= 0 || lone_hour_ == 0) return true;
    parts_.hour = lone_hour_;
    return true;
  }

  /// Years of Japan and Taiwan: 平成29年.
  bool era() {
    const int before = detail::year_before_era(at_.text(0));
    if (before == 0 || !at_.is_digits(1)) return false;
    parts_.year = before + at_.number(1);
    at_.skip(at_.is_word(2, "年") ? 3 : 2);
    return true;
  }

  bool digits() {
    const auto size = at_.size(0);
    if (parts_.hour < 0 &&
        (detail::read_clock(at_, parts_, ':') || detail::read_french_clock(at_, parts_)))
      return true;
    if (unit()) return true;
    if (parts_.month == 0 && parts_.year < 0 && size <= 4) {
      if (triple()) return true;
      if (at_.is_sign(1, '-') && at_.is_glued(1)) {
        if (size == 4) return iso_date();
        if (size == 2 && at_.is_digits(2) && at_.size(2) == 3) return short_ordinal();
      }
    }
    const bool dotted = parts_.has_date() && parts_.hour < 0 && at_.is_glued(2);
    if (dotted && at_.is_digits(2) && at_.size(2) == 2 && detail::read_clock(at_, parts_, '.'))
      return true;
    return lone_number();
  }

  /// "03-335".
  bool short_ordinal() {
    parts_.year = full_year(at_.number(0));
    const int day = at_.number(2);
    at_.skip(3);
    return parts_.set_ordinal(day);
  }

  /// A number with its unit behind it, as in 2017年8月30日.
  bool unit() {
    if (at_.find(1) == nullptr) return false;
    const int value = at_.number(0);
    switch (detail::unit_named(at_.text(1))) {
      case detail::Unit::none: return false;
      case detail::Unit::year: parts_.year = at_.size(0) <= 2 ? full_year(value) : value; break;
      case detail::Unit::month:
        parts_.month = value;
        parts_.numeric_month = true;
        break;
      case detail::Unit::day: parts_.day = value; break;
      case detail::Unit::hour: parts_.hour = value; break;
      case detail::Unit::minute: parts_.minute = value; break;
      case detail::Unit::second: parts_.second = value; break;
    }
    at_.skip(2);
    return true;
  }

  /// Three numbers with the same sign between: 2006/09/15, 30.08.2017, 10/30/23.
  bool triple() {
    for (const char sign : {'/', '.', '-'}) {
      if (!at_.is_sign(1, sign) || !at_.is_digits(2) || !at_.is_sign(3, sign) || !at_.is_digits(4))
        continue;
      const int a = at_.number(0);
      const int b = at_.number(2);
      const int c = at_.number(4);
      if (at_.size(0) == 4 || (sign == '-' && at_.size(4) <= 2 && at_.size(0) <= 2)) {
        parts_.year = at_.size(0) <= 2 ? full_year(a) : a;
        parts_.month = b;
        parts_.day = c;
        parts_.numeric_month = true;
      } else if (at_.size(0) <= 2) {
        parts_.year = at_.size(4) <= 2 ? full_year(c) : c;
        parts_.set_day_and_month(a, b, sign);
      } else {
        return false;
      }
      at_.skip(5);
      return true;
    }
    return false;
  }

  bool iso_date() {
    parts_.year = at_.number(0);
    if (at_.is_word(2, "w")) return iso_week(3);
    if (!at_.is_digits(2)) {  // 2017-Aug-30
      at_.skip(2);
      return true;
    }
    const auto size = at_.size(2);
    const int value = at_.number(2);
    at_.skip(3);
    if (size == 3) return parts_.set_ordinal(value);
    if (size > 2) return false;
    parts_.month = value;
    parts_.numeric_month = true;
    return true;
  }

  /// "2017-W35-3" and "2017W353"; without a day it is the Monday.
  bool iso_week(std::size_t ahead) {
    if (!at_.is_digits(ahead)) return false;
    int week = at_.number(ahead);
    int day = 1;
    auto used = ahead + 1;
    if (at_.size(ahead) == 3) {
      day = week % 10;
      week /= 10;
    } else if (at_.is_sign(used, '-') && at_.is_digits(used + 1)) {
      day = at_.number(used + 1);
      used += 2;
    }
    at_.skip(used);
    return parts_.set_week(week, day);
  }

  bool lone_number() {
    const auto size = at_.size(0);
    const int value = at_.number(0);
    if (size >= 12 && parts_.year < 0) return compact();
    if (parts_.year < 0 && size >= 5 && size <= 8 && (size >= 7 || parts_.month == 0))
      return packed(value, size);
    if (size == 4 && parts_.year < 0 && at_.is_word(1, "w") && at_.is_glued(1)) {
      parts_.year = value;
      return iso_week(2);
    }
    at_.skip(1);
    if (century_left_out_ && parts_.year < 0 && size <= 4) return short_year(value, size);
    if (size == 4 && parts_.year < 0)
      parts_.year = value;
    else if (size <= 2 && parts_.day == 0)
      parts_.day = value;
    else if (size <= 2 && parts_.year < 0)
      parts_.year = full_year(value);
    else if (size <= 2 && parts_.hour < 0 && parts_.has_date())
      return hour_alone(value);
    else
      return false;
    return true;
  }

  /// An hour without minutes says something with its half of the day alone.
  bool hour_alone(int value) {
    lone_hour_ = value;
    if (parts_.afternoon) return take_lone_hour();
    return at_.is_letters(0);
  }

  /// "-0312", "-03-12" and "-03".
  bool short_year(int value, std::size_t size) {
    parts_.year = full_year(size <= 2 ? value : value / 100);
    if (size > 2) parts_.month = value % 100;
    if (size <= 2 && at_.is_sign(0, '-') && at_.is_digits(1)) {
      parts_.month = at_.number(1);
      at_.skip(2);
    }
    return true;
  }

  /// Dates without signs: 20261123, 2026327, 261123, 26327.
  bool packed(int value, std::size_t size) {
    at_.skip(1);
    const bool ordinal = size % 2 == 1;
    const int parts = ordinal ? 1'000 : 10'000;
    parts_.year = size <= 6 ? full_year(value / parts) : value / parts;
    if (ordinal) return parts_.set_ordinal(value % 1'000);
    parts_.month = value / 100 % 100;
    parts_.day = value % 100;
    return true;
  }

  /// 20261123101455 and without seconds.
  bool compact() {
    const auto& text = at_.text(0);
    if (text.size() != 12 && text.size() != 14) return false;
    const auto part = [&](std::size_t from, std::size_t size) {
      int value = 0;
      std::from_chars(text.data() + from, text.data() + from + size, value);
      return value;
    };
    parts_.year = part(0, 4);
    parts_.month = part(4, 2);
    parts_.day = part(6, 2);
    parts_.hour = part(8, 2);
    parts_.minute = part(10, 2);
    if (text.size() == 14) parts_.second = part(12, 2);
    at_.skip(1);
    return true;
  }

  detail::WordCursor at_;
  detail::DateParts parts_;
  int lone_hour_ = 0;
  bool century_left_out_ = false;
};

/// Whether `text` begins as `form` says: "0" stands for a digit, "_" for anything.
bool has_form(std::string_view text, std::string_view form) {
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !digit : form[i] != '_' && form[i] != text[i]) return false;
  }
  return true;
}

/// The number that `size` digits at `at` make.
int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int value = 0;
  for (const char c : text.substr(at, size)) value = value * 10 + (c - '0');
  return value;
}

void put_clock(detail::DateParts& parts, std::string_view text, std::size_t at) {
  parts.hour = number_at(text, at, 2);
  parts.minute = number_at(text, at + 3, 2);
  parts.second = number_at(text, at + 6, 2);
}

/// "GMT", "Z", "+0200" or "+02:00".
bool put_zone(detail::DateParts& parts, std::string_view zone) {
  if (zone == "GMT" || zone == "Z") return true;
  const bool colon = has_form(zone, "_00:00");
  if (zone.size() != (colon ? 6U : 5U) || !(colon || has_form(zone, "_0000"))) return false;
  const int east = number_at(zone, 1, 2) * 60 + number_at(zone, colon ? 4 : 3, 2);
  parts.offset = zone[0] == '-' ? -east : east;
  return zone[0] == '-' || zone[0] == '+';
}

/// What nearly all feeds write: "Wed, 30 Aug 2017 10:00:00 GMT" and "2017-08-30T10:00:00Z". Empty
/// for what needs a closer look.
std::optional<Timestamp> read_usual(std::string_view text) {
  constexpr std::string_view kRfc3339 = "0000-00-00T00:00:00";
  constexpr std::string_view kRfc1123 = "___, 00 ___ 0000 00:00:00 ";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  detail::DateParts parts;
  if (has_form(text, kRfc3339)) {
    parts.year = number_at(text, 0, 4);
    parts.month = number_at(text, 5, 2);
    parts.day = number_at(text, 8, 2);
    put_clock(parts, text, 11);
    text.remove_prefix(kRfc3339.size());
  } else if (has_form(text, kRfc1123)) {
    const auto month = kMonths.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    parts.year = number_at(text, 12, 4);
    parts.month = static_cast<int>(month / 3) + 1;
    parts.day = number_at(text, 5, 2);
    put_clock(parts, text, 17);
    text.remove_prefix(kRfc1123.size());
  } else {
    return std::nullopt;
  }
  return put_zone(parts, text) ? parts.instant() : std::nullopt;
}

}  // namespace

std::optional<Timestamp> read_date(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  if (text.size() > kLongest) return std::nullopt;
  const auto usual = read_usual(text);
  return usual ? usual : Reader(text).read();
}

}  // namespace tocsin::parser
