// SPDX-License-Identifier: MIT
#include "parser/dates.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "parser/detail/date_cut.hpp"
#include "parser/detail/date_words.hpp"

namespace tocsin::parser {
namespace {

namespace chrono = std::chrono;
using detail::Word;

int full_year(std::int64_t two_digits) {
  return static_cast<int>(two_digits) + (two_digits < 69 ? 2000 : 1900);
}

/// Gathers the parts of a date from its words, in whatever order they stand.
class Reader {
 public:
  explicit Reader(std::string_view text) : words_(detail::cut_date(text)) {}

  std::optional<Timestamp> read() {
    if (words_.empty()) return std::nullopt;
    if (words_.size() == 1 && words_[0].kind == Word::Kind::digits)
      if (const auto since_epoch = epoch(words_[0])) return since_epoch;
    if (is_sign(0, '-') && is_digits(1)) {  // ISO 8601 with the century left out
      ++at_;
      century_left_out_ = true;
    }
    while (at_ < words_.size())
      if (!step()) return std::nullopt;
    return assemble();
  }

 private:
  static std::optional<Timestamp> epoch(const Word& word) {
    if (word.text.size() == 9 || word.text.size() == 10)
      return Timestamp{chrono::seconds{word.number}};
    if (word.text.size() == 13)
      return chrono::floor<chrono::seconds>(Timestamp{chrono::milliseconds{word.number}});
    return std::nullopt;
  }

  [[nodiscard]] const Word* word(std::size_t ahead) const {
    return at_ + ahead < words_.size() ? &words_[at_ + ahead] : nullptr;
  }
  [[nodiscard]] bool is_sign(std::size_t ahead, char sign) const {
    const auto* w = word(ahead);
    return w != nullptr && w->kind == Word::Kind::sign && w->text[0] == sign;
  }
  [[nodiscard]] bool is_digits(std::size_t ahead) const {
    const auto* w = word(ahead);
    return w != nullptr && w->kind == Word::Kind::digits;
  }
  [[nodiscard]] bool is_word(std::size_t ahead, std::string_view text) const {
    const auto* w = word(ahead);
    return w != nullptr && w->text == text;
  }
  [[nodiscard]] int number(std::size_t ahead) const {
    return static_cast<int>(std::min<std::int64_t>(word(ahead)->number, 1'000'000'000));
  }

  bool step() {
    const auto& now = words_[at_];
    if (now.kind == Word::Kind::letters) return letters();
    if (now.kind == Word::Kind::digits) return digits();
    const bool offset_may_follow = hour_ >= 0 && is_digits(1);
    if ((now.text[0] == '+' || now.text[0] == '-') && offset_may_follow && offset()) return true;
    ++at_;  // commas, brackets, slashes between parts
    return true;
  }

  bool letters() {
    const auto& name = words_[at_].text;
    if (const auto* next = word(1); next != nullptr) {
      if (const auto month = detail::month_named(name, next->text)) {
        at_ += 2;
        return take_month(*month);
      }
      if (is_sign(1, '/') && word(2) != nullptr && word(2)->kind == Word::Kind::letters &&
          hour_ >= 0)
        return iana_zone();
    }
    if ((name == "a" || name == "p") && is_sign(1, '.') && is_word(2, "m")) {
      half_ = name == "p";
      at_ += is_sign(3, '.') ? 4 : 3;
      return true;
    }
    ++at_;
    if (const auto half = detail::is_afternoon(name)) {
      half_ = *half;
      return true;
    }
    if (name == "t" && hour_ < 0 && is_digits(0)) return basic_time();
    if (name == "thang" && is_digits(0)) {
      const detail::Month month{number(0)};
      ++at_;
      return take_month(month);
    }
    if (const auto weekday = detail::weekday_named(name); weekday && !weekday_) {
      weekday_ = weekday;
      // "mar" is a day in French and a month in English: what follows tells.
      if (!detail::month_named(name)) return true;
    }
    if (const auto month = detail::month_named(name)) return take_month(*month);
    if (const auto zone = detail::zone_named(name); zone && hour_ >= 0 && !numeric_offset_)
      offset_ = *zone;
    return true;  // weekdays, "at", "of" and the like say nothing
  }

  /// The last month that is named counts: what looked like one before was a weekday.
  bool take_month(detail::Month month) {
    if (month_ != 0 && numeric_month_) return true;
    month_ = month.number;
    calendar_ = month.calendar;
    return month_ >= 1 && month_ <= 12;
  }

  bool iana_zone() {
    zone_ = words_[at_].text;
    at_ += 1;
    while (is_sign(0, '/') && word(1) != nullptr && word(1)->kind == Word::Kind::letters) {
      zone_ += '/' + word(1)->text;
      at_ += 2;
    }
    return true;
  }

  bool digits() {
    if (is_sign(1, ':') && hour_ < 0) return time();
    if (is_word(1, "h") && word(1)->glued && hour_ < 0) return french_time();
    if (unit()) return true;
    const auto size = words_[at_].text.size();
    if (month_ == 0 && year_ < 0 && size <= 4 && triple()) return true;
    if (size == 4 && year_ < 0 && month_ == 0 && is_sign(1, '-') && word(1)->glued)
      return iso_date();
    return lone_number();
  }

  /// A number with its unit behind it, as in 2017年8月30日.
  bool unit() {
    const auto* behind = word(1);
    if (behind == nullptr) return false;
    const auto is = [&](std::string_view a, std::string_view b, std::string_view c = "") {
      return behind->text == a || behind->text == b || (!c.empty() && behind->text == c);
    };
    const int value = number(0);
    if (is("年", "년"))
      year_ = value;
    else if (is("月", "월"))
      month_ = value, numeric_month_ = true;
    else if (is("日", "일"))
      day_ = value;
    else if (is("時", "时", "点") || is("시", "시"))
      hour_ = value;
    else if (is("分", "분"))
      minute_ = value;
    else if (is("秒", "초"))
      second_ = value;
    else
      return false;
    if (static_cast<unsigned char>(behind->text[0]) >= 0xEA &&
        (is("년", "월", "일") || is("시", "분", "초")))
      korean_ = true;
    at_ += 2;
    return true;
  }

  /// Three numbers with the same sign between: 2006/09/15, 30.08.2017, 10/30/23.
  bool triple() {
    for (const char sign : {'/', '.', '-'}) {
      if (!is_sign(1, sign) || !is_digits(2) || !is_sign(3, sign) || !is_digits(4)) continue;
      const int a = number(0);
      const int b = number(2);
      const int c = number(4);
      if (words_[at_].text.size() == 4 || (sign == '-' && words_[at_ + 4].text.size() <= 2)) {
        year_ = words_[at_].text.size() <= 2 ? full_year(a) : a;
        month_ = b;
        day_ = c;
      } else if (words_[at_].text.size() <= 2) {
        year_ = words_[at_ + 4].text.size() <= 2 ? full_year(c) : c;
        day_first(a, b, sign);
      } else {
        return false;
      }
      numeric_month_ = true;
      at_ += 5;
      return true;
    }
    return false;
  }

  void day_first(int a, int b, char sign) {
    const auto fits = [&](int month, int day) {
      const chrono::year_month_day date{chrono::year{year_},
                                        chrono::month{static_cast<unsigned>(month)},
                                        chrono::day{static_cast<unsigned>(day)}};
      return date.ok() &&
             (!weekday_ || chrono::weekday{chrono::sys_days{date}}.c_encoding() == *weekday_);
    };
    const bool american = sign == '/';
    const bool swapped = american ? a > 12 || (weekday_ && !fits(a, b) && fits(b, a))
                                  : b > 12 || (weekday_ && !fits(b, a) && fits(a, b));
    const bool month_is_a = american != swapped;
    month_ = month_is_a ? a : b;
    day_ = month_is_a ? b : a;
  }

  bool iso_date() {
    if (month_ == 0 && is_word(2, "w")) return iso_week(3);
    if (!is_digits(2)) {  // 2017-Aug-30
      year_ = number(0);
      at_ += 2;
      return true;
    }
    const auto size = word(2)->text.size();
    year_ = number(0);
    if (size == 3) return ordinal(number(2), 3);
    if (size > 2) return false;
    month_ = number(2);
    numeric_month_ = true;
    at_ += 3;
    return true;
  }

  bool ordinal(int day_of_year, std::size_t words) {
    const bool leap = chrono::year{year_}.is_leap();
    if (day_of_year < 1 || day_of_year > (leap ? 366 : 365)) return false;
    const chrono::year_month_day date{chrono::sys_days{chrono::year{year_} / chrono::January / 1} +
                                      chrono::days{day_of_year - 1}};
    return take(date, words);
  }

  /// "2017-W35-3" and "2017W353"; without a day it is the Monday.
  bool iso_week(std::size_t ahead) {
    year_ = number(0);
    if (!is_digits(ahead)) return false;
    int week = number(ahead);
    int day = 1;
    auto used = ahead + 1;
    if (word(ahead)->text.size() == 3) {
      day = week % 10;
      week /= 10;
    } else if (is_sign(used, '-') && is_digits(used + 1)) {
      day = number(used + 1);
      used += 2;
    }
    if (week < 1 || week > 53 || day < 1 || day > 7) return false;
    const auto fourth = chrono::sys_days{chrono::year{year_} / chrono::January / 4};
    const auto monday = fourth - (chrono::weekday{fourth} - chrono::Monday);
    return take(chrono::year_month_day{monday + chrono::days{7 * (week - 1) + day - 1}}, used);
  }

  bool take(chrono::year_month_day date, std::size_t words) {
    year_ = static_cast<int>(date.year());
    month_ = static_cast<int>(static_cast<unsigned>(date.month()));
    day_ = static_cast<int>(static_cast<unsigned>(date.day()));
    numeric_month_ = true;
    at_ += words;
    return true;
  }

  bool lone_number() {
    const auto& now = words_[at_];
    const auto size = now.text.size();
    const int value = number(0);
    if (size >= 12 && year_ < 0) return compact(now);
    if (century_left_out_ && year_ < 0 && size <= 4) {
      year_ = full_year(size <= 2 ? value : value / 100);
      if (size > 2) month_ = value % 100;
      if (size <= 2 && is_sign(1, '-') && is_digits(2)) month_ = number(2), at_ += 2;
    } else if (size == 8 && year_ < 0) {  // 20261123
      year_ = value / 10'000;
      month_ = value / 100 % 100;
      day_ = value % 100;
    } else if (size == 7 && year_ < 0) {  // 2026327
      year_ = value / 1'000;
      return ordinal(value % 1'000, 1);
    } else if (size == 6 && year_ < 0 && month_ == 0) {  // 261123
      year_ = full_year(value / 10'000);
      month_ = value / 100 % 100;
      day_ = value % 100;
    } else if (size == 5 && year_ < 0 && month_ == 0) {  // 26327
      year_ = full_year(value / 1'000);
      return ordinal(value % 1'000, 1);
    } else if (size == 4 && year_ < 0) {
      if (is_word(1, "w") && word(1)->glued && is_digits(2)) return iso_week(2);
      year_ = value;
    } else if (size <= 2 && day_ == 0) {
      day_ = value;
    } else if (size <= 2 && year_ < 0) {
      year_ = full_year(value);
    } else {
      return false;
    }
    ++at_;
    return true;
  }

  /// 20261123101455 and without seconds.
  bool compact(const Word& now) {
    const auto part = [&](std::size_t from, std::size_t size) {
      return std::stoi(now.text.substr(from, size));
    };
    if (now.text.size() != 12 && now.text.size() != 14) return false;
    year_ = part(0, 4);
    month_ = part(4, 2);
    day_ = part(6, 2);
    hour_ = part(8, 2);
    minute_ = part(10, 2);
    if (now.text.size() == 14) second_ = part(12, 2);
    ++at_;
    return true;
  }

  /// Behind a "T": 10, 1014, 101455, or with colons.
  bool basic_time() {
    if (is_sign(1, ':')) return time();
    const auto size = word(0)->text.size();
    const int value = number(0);
    if (size != 2 && size != 4 && size != 6) return false;
    hour_ = size == 2 ? value : size == 4 ? value / 100 : value / 10'000;
    minute_ = size == 2 ? 0 : size == 4 ? value % 100 : value / 100 % 100;
    second_ = size == 6 ? value % 100 : 0;
    ++at_;
    skip_fraction();
    return true;
  }

  bool time() {
    hour_ = number(0);
    if (!is_digits(2)) return false;
    minute_ = number(2);
    at_ += 3;
    if (is_sign(0, ':') && is_digits(1)) {
      second_ = number(1);
      at_ += 2;
      skip_fraction();
    }
    return true;
  }

  bool french_time() {
    hour_ = number(0);
    at_ += 2;
    if (is_digits(0) && word(0)->glued) minute_ = number(0), ++at_;
    return true;
  }

  /// Fractions of seconds do not matter.
  void skip_fraction() {
    if ((is_sign(0, '.') || is_sign(0, ',')) && is_digits(1) && word(1)->glued) at_ += 2;
  }

  bool offset() {
    const int sign = words_[at_].text[0] == '-' ? -1 : 1;
    const auto size = word(1)->text.size();
    const int value = number(1);
    if (size > 4 || size == 3) return false;
    int minutes = size == 4 ? value / 100 * 60 + value % 100 : value * 60;
    at_ += 2;
    if (size <= 2 && is_sign(0, ':') && is_digits(1)) {
      minutes += number(1);
      at_ += 2;
    }
    offset_ = sign * std::min(minutes, 100'000);
    numeric_offset_ = true;
    return true;
  }

  [[nodiscard]] std::optional<chrono::year_month_day> date() const {
    constexpr int kFirstJalali = 1300;
    constexpr int kLastJalali = 1499;
    const int day = std::max(day_, 1);
    if (calendar_ == detail::Calendar::jalali ||
        (numeric_month_ && year_ >= kFirstJalali && year_ <= kLastJalali))
      return detail::from_jalali(year_, month_, day);
    const int year = year_ > 2400 && year_ < 2700 ? year_ - 543 : year_;  // of the Buddha
    if (year < 1900 || year > 2200) return std::nullopt;
    const chrono::year_month_day found{chrono::year{year},
                                       chrono::month{static_cast<unsigned>(std::max(month_, 1))},
                                       chrono::day{static_cast<unsigned>(day)}};
    if (!found.ok()) return std::nullopt;
    return found;
  }

  [[nodiscard]] std::optional<Timestamp> assemble() const {
    const bool only_a_year = words_.size() == 1 && year_ >= 0;
    if (year_ < 0 || (month_ == 0 && !only_a_year)) return std::nullopt;
    const auto day = date();
    int hour = std::max(hour_, 0);
    if (half_ && hour <= 12) hour = hour % 12 + (*half_ ? 12 : 0);
    if (!day || hour > 24 || minute_ > 59 || second_ > 60) return std::nullopt;
    if (hour == 24 && (minute_ > 0 || second_ > 0)) return std::nullopt;
    if (std::abs(offset_) > 18 * 60) return std::nullopt;
    const auto local = chrono::sys_days{*day} + chrono::hours{hour} + chrono::minutes{minute_} +
                       chrono::seconds{second_};
    int east = korean_ && !numeric_offset_ && offset_ == 0 ? 9 * 60 : offset_;
    if (!zone_.empty())
      east =
          detail::offset_in(zone_, chrono::local_seconds{local.time_since_epoch()}).value_or(east);
    return Timestamp{local} - chrono::minutes{east};
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  int year_ = -1, month_ = 0, day_ = 0;
  int hour_ = -1, minute_ = 0, second_ = 0;
  int offset_ = 0;  ///< minutes east
  detail::Calendar calendar_ = detail::Calendar::gregorian;
  bool numeric_month_ = false, numeric_offset_ = false, korean_ = false;
  bool century_left_out_ = false;
  std::optional<bool> half_;
  std::optional<unsigned> weekday_;
  std::string zone_;
};

}  // namespace

std::optional<Timestamp> read_date(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  if (text.size() > kLongest) return std::nullopt;
  return Reader(text).read();
}

}  // namespace tocsin::parser
