// SPDX-License-Identifier: MIT
#pragma once

#include "parser/detail/date_cut.hpp"
#include "parser/detail/date_parts.hpp"

/// The time of day and its zone. Each function reads what stands at `at` into `into` and moves
/// behind it; false where it is no such thing, and then nothing has moved. Any thread: pure.
namespace tocsin::parser::detail {

/// "10:15", "10:15:30.25", and the same with another sign, as in "10.15".
bool read_clock(WordCursor& at, DateParts& into, char sign);

/// What stands behind a "T": "10", "1015", "101530", or with colons.
bool read_basic_clock(WordCursor& at, DateParts& into);

/// "12h30", "12 h 30" and "12h".
bool read_french_clock(WordCursor& at, DateParts& into);

/// "pm" in the languages that write one, also with dots, as in "p.m.", "μ.μ." and "ب.ظ".
bool read_half(WordCursor& at, DateParts& into);

/// "+0200", "-5", "+05:30".
bool read_offset(WordCursor& at, DateParts& into);

/// "America/New_York", "Etc/GMT+5".
bool read_iana_zone(WordCursor& at, DateParts& into);

/// "EST", "CEST", "EST5EDT".
bool read_named_zone(WordCursor& at, DateParts& into);

}  // namespace tocsin::parser::detail
