// SPDX-License-Identifier: MIT
#include "parser/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

namespace tocsin::parser {
namespace {

/// A date is cut into words first: runs of letters, of digits, and single signs.
struct Word {
  enum class Kind : std::uint8_t { letters, digits, sign } kind{};
  std::string_view text;
  int number = 0;
  bool glued = false;  // no blank before it
};

std::vector<Word> cut(std::string_view text) {
  const auto kind_of = [](char c) {
    if (c >= '0' && c <= '9') return Word::Kind::digits;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Word::Kind::letters;
    return Word::Kind::sign;
  };
  std::vector<Word> words;
  bool glued = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
      ++at;
      glued = false;
      continue;
    }
    Word word;
    word.kind = kind_of(text[at]);
    word.glued = glued;
    auto end = at + 1;
    if (word.kind != Word::Kind::sign)
      while (end < text.size() && kind_of(text[end]) == word.kind) ++end;
    word.text = text.substr(at, end - at);
    if (word.kind == Word::Kind::digits) {
      if (word.text.size() > 9) return {};
      std::from_chars(word.text.data(), word.text.data() + word.text.size(), word.number);
    }
    words.push_back(word);
    glued = true;
    at = end;
  }
  return words;
}

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

/// 1 to 12 for an English month by its first three letters or more, else 0.
int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (word.size() <= kMonths.at(i).size() && same(word, kMonths.at(i).substr(0, word.size())))
      return static_cast<int>(i) + 1;
  return same(word, "sept") ? 9 : 0;
}

/// Minutes east of UTC of a named zone (RFC 822 and its usual guests).
std::optional<int> zone_of(std::string_view name) {
  struct Zone {
    std::string_view name;
    int minutes;
  };
  static constexpr std::array kZones = {
      Zone{"z", 0},      Zone{"ut", 0},     Zone{"utc", 0},     Zone{"gmt", 0},
      Zone{"est", -300}, Zone{"edt", -240}, Zone{"cst", -360},  Zone{"cdt", -300},
      Zone{"mst", -420}, Zone{"mdt", -360}, Zone{"pst", -480},  Zone{"pdt", -420},
      Zone{"wet", 0},    Zone{"west", 60},  Zone{"bst", 60},    Zone{"cet", 60},
      Zone{"cest", 120}, Zone{"met", 60},   Zone{"mest", 120},  Zone{"mesz", 120},
      Zone{"mez", 60},   Zone{"eet", 120},  Zone{"eest", 180},  Zone{"msk", 180},
      Zone{"trt", 180},  Zone{"irst", 210}, Zone{"irdt", 270},  Zone{"gst", 240},
      Zone{"pkt", 300},  Zone{"jst", 540},  Zone{"kst", 540},   Zone{"hkt", 480},
      Zone{"sgt", 480},  Zone{"aest", 600}, Zone{"aedt", 660},  Zone{"nzst", 720},
      Zone{"nzdt", 780}, Zone{"hst", -600}, Zone{"akst", -540}, Zone{"akdt", -480}};
  const auto* found = std::find_if(kZones.begin(), kZones.end(),
                                   [&](const Zone& zone) { return same(zone.name, name); });
  if (found == kZones.end()) return std::nullopt;
  return found->minutes;
}

/// Gathers the parts of a date from its words, in whatever order they stand.
class Reader {
 public:
  explicit Reader(std::string_view text) : words_(cut(text)) {}

  std::optional<Timestamp> read() {
    while (at_ < words_.size())
      if (!step()) return std::nullopt;
    return assemble();
  }

 private:
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

  bool step() {
    const auto& now = words_[at_];
    if (now.kind == Word::Kind::letters) return letters(now.text);
    if (now.kind == Word::Kind::digits) return digits();
    if ((now.text[0] == '+' || now.text[0] == '-') && hour_ >= 0 && is_digits(1)) return offset();
    ++at_;  // commas, brackets, slashes between parts
    return true;
  }

  bool letters(std::string_view name) {
    ++at_;
    if (const int month = month_of(name); month != 0 && month_ == 0) {
      month_ = month;
      return true;
    }
    if (same(name, "am") || same(name, "pm")) {
      if (hour_ < 1 || hour_ > 12) return false;
      hour_ = hour_ % 12 + (same(name, "pm") ? 12 : 0);
      return true;
    }
    if (same(name, "t") && month_ != 0) return true;  // between date and time
    if (const auto zone = zone_of(name); zone && hour_ >= 0) offset_ = *zone;
    return true;  // weekdays, "at", "of" and the like say nothing
  }

  bool digits() {
    if (is_sign(1, ':') && hour_ < 0) return time();
    const auto& now = words_[at_];
    if (now.text.size() == 4 && year_ < 0 && is_sign(1, '-')) return iso_date();
    if (now.text.size() == 8 && year_ < 0) {  // 20261123
      year_ = now.number / 10'000;
      month_ = now.number / 100 % 100;
      day_ = now.number % 100;
    } else if (now.text.size() == 4 && year_ < 0) {
      year_ = now.number;
    } else if (now.text.size() <= 2 && day_ == 0) {
      day_ = now.number;
    } else if (now.text.size() == 2 && year_ < 0) {
      year_ = now.number + (now.number < 69 ? 2000 : 1900);
    } else {
      return false;
    }
    ++at_;
    return true;
  }

  bool iso_date() {
    year_ = words_[at_].number;
    at_ += 2;
    if (!is_digits(0)) return month_of(at_ < words_.size() ? words_[at_].text : "") != 0;
    month_ = words_[at_].number;
    ++at_;
    day_ = 1;
    if (!is_sign(0, '-') || !is_digits(1)) return true;
    day_ = words_[at_ + 1].number;
    at_ += 2;
    return true;
  }

  bool time() {
    hour_ = words_[at_].number;
    if (!is_digits(2)) return false;
    minute_ = words_[at_ + 2].number;
    at_ += 3;
    if (is_sign(0, ':') && is_digits(1)) {
      second_ = words_[at_ + 1].number;
      at_ += 2;
      if (is_sign(0, '.') && is_digits(1)) at_ += 2;  // fractions of seconds do not matter
    }
    return true;
  }

  bool offset() {
    const int sign = words_[at_].text[0] == '-' ? -1 : 1;
    const auto& number = words_[at_ + 1];
    at_ += 2;
    int minutes = number.number;
    if (number.text.size() == 4) minutes = number.number / 100 * 60 + number.number % 100;
    if (number.text.size() <= 2) {
      minutes = number.number * 60;
      if (is_sign(0, ':') && is_digits(1)) {
        minutes += words_[at_ + 1].number;
        at_ += 2;
      }
    }
    offset_ = sign * minutes;
    return std::abs(offset_) <= 18 * 60;
  }

  [[nodiscard]] std::optional<Timestamp> assemble() const {
    using namespace std::chrono;
    if (year_ < 0 || month_ == 0) return std::nullopt;
    const year_month_day date{year{year_}, month{static_cast<unsigned>(month_)},
                              day{static_cast<unsigned>(std::max(day_, 1))}};
    const int hour = std::max(hour_, 0);
    if (!date.ok() || hour > 24 || minute_ > 59 || second_ > 60) return std::nullopt;
    if (hour == 24 && (minute_ > 0 || second_ > 0)) return std::nullopt;
    if (year_ < 1970 || year_ > 2200) return std::nullopt;
    return Timestamp{sys_days{date}} + hours{hour} + minutes{minute_} + seconds{second_} -
           minutes{offset_};
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  int year_ = -1, month_ = 0, day_ = 0;
  int hour_ = -1, minute_ = 0, second_ = 0;
  int offset_ = 0;  // minutes east
};

}  // namespace

std::optional<Timestamp> read_date(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  if (text.size() > kLongest) return std::nullopt;
  return Reader(text).read();
}

}  // namespace tocsin::parser
