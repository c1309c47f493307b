// SPDX-License-Identifier: MIT
#include "parser/detail/date_clock.hpp"

namespace tocsin::parser::detail {
namespace {

/// Fractions of seconds do not matter.
void skip_fraction(WordCursor& at) {
  if ((at.is_sign(0, '.') || at.is_sign(0, ',')) && at.is_digits(1) && at.is_glued(1)) at.skip(2);
}

bool is_plus_or_minus(const WordCursor& at, std::size_t ahead) {
  return at.is_sign(ahead, '+') || at.is_sign(ahead, '-');
}

}  // namespace

bool read_clock(WordCursor& at, DateParts& into, char sign) {
  if (!at.is_digits(0) || at.size(0) > 2 || !at.is_sign(1, sign) || !at.is_digits(2)) return false;
  into.hour = at.number(0);
  into.minute = at.number(2);
  at.skip(3);
  if (at.is_sign(0, sign) && at.is_digits(1)) {
    into.second = at.number(1);
    at.skip(2);
    skip_fraction(at);
  }
  return true;
}

bool read_basic_clock(WordCursor& at, DateParts& into) {
  if (!at.is_digits(0)) return false;
  if (at.is_sign(1, ':')) return read_clock(at, into, ':');
  const auto size = at.size(0);
  const int value = at.number(0);
  if (size != 2 && size != 4 && size != 6) return false;
  into.hour = size == 2 ? value : size == 4 ? value / 100 : value / 10'000;
  into.minute = size == 2 ? 0 : size == 4 ? value % 100 : value / 100 % 100;
  into.second = size == 6 ? value % 100 : 0;
  at.skip(1);
  skip_fraction(at);
  return true;
}

bool read_french_clock(WordCursor& at, DateParts& into) {
  if (!at.is_digits(0) || at.size(0) > 2 || !at.is_word(1, "h")) return false;
  into.hour = at.number(0);
  at.skip(2);
  if (!at.is_digits(0) || at.size(0) != 2) return true;
  into.minute = at.number(0);
  at.skip(1);
  return true;
}

bool read_half(WordCursor& at, DateParts& into) {
  auto half = is_afternoon(at.text(0));
  std::size_t used = 1;
  if (!half && at.is_sign(1, '.') && at.is_letters(2) && at.is_glued(2)) {
    auto dotted = at.text(0);
    half = is_afternoon(dotted.append(1, '.').append(at.text(2)));
    used = at.is_sign(3, '.') ? 4 : 3;
  }
  if (!half) return false;
  // The Arabic letter stands for "of our era" where no time is before it.
  if (into.hour >= 0 || !at.is_word(0, "م")) into.afternoon = half;
  at.skip(used);
  return true;
}

bool read_offset(WordCursor& at, DateParts& into) {
  // A sign apart from its number is a dash between parts.
  if (!is_plus_or_minus(at, 0) || !at.is_digits(1) || !at.is_glued(1)) return false;
  const auto size = at.size(1);
  if (size == 3 || size > 4) return false;
  const int sign = at.is_sign(0, '-') ? -1 : 1;
  const int value = at.number(1);
  int minutes = size == 4 ? value / 100 * 60 + value % 100 : value * 60;
  std::size_t used = 2;
  if (size <= 2 && at.is_sign(2, ':')) {
    if (!at.is_digits(3)) return false;
    minutes += at.number(3);
    used = 4;
  }
  into.offset = sign * std::min(minutes, 100'000);
  into.numeric_offset = true;
  at.skip(used);
  return true;
}

bool read_iana_zone(WordCursor& at, DateParts& into) {
  if (!at.is_letters(0) || !at.is_sign(1, '/') || !at.is_letters(2)) return false;
  into.zone = at.text(0);
  at.skip(1);
  while ((at.is_sign(0, '/') || at.is_sign(0, '-')) && at.is_letters(1) && at.is_glued(1)) {
    into.zone.append(at.text(0)).append(at.text(1));
    at.skip(2);
  }
  if (into.zone == "etc/gmt" && is_plus_or_minus(at, 0) && at.is_digits(1)) {
    into.zone.append(at.text(0)).append(at.text(1));
    at.skip(2);
  }
  return true;
}

bool read_named_zone(WordCursor& at, DateParts& into) {
  // "at" is Atlantic time only where nothing follows that it could introduce.
  const bool atlantic = at.is_word(0, "at") && at.find(1) == nullptr;
  const auto offset = atlantic ? std::optional<int>(-240) : zone_named(at.text(0));
  if (!offset) return false;
  if (!into.numeric_offset) into.offset = *offset;
  at.skip(1);
  if (at.is_digits(0) && at.is_glued(0) && at.is_letters(1) && at.is_glued(1)) at.skip(2);
  return true;
}

}  // namespace tocsin::parser::detail
