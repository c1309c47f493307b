// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::text {

/// One code point read from UTF-8. `length` is at least 1, so that a loop always moves on.
struct CodePoint {
  char32_t value = 0xFFFD;  ///< U+FFFD where the bytes are no UTF-8
  std::uint8_t length = 1;  ///< bytes read; 1 for a bad byte
  bool good = false;
};

/// The code point at `text[at]`. `at` is below `text.size()`. Overlong forms, surrogates and values
/// beyond U+10FFFF are bad (RFC 3629). Any thread: pure.
CodePoint code_point_at(std::string_view text, std::size_t at) noexcept;

/// Appends `value` in UTF-8; U+FFFD for surrogates and values beyond U+10FFFF.
void append_utf8(std::string& out, char32_t value);

/// True when all of `text` is UTF-8 by RFC 3629. As fast as memory.
bool is_utf8(std::string_view text) noexcept;

/// What `repaired_utf8` puts where a byte is no UTF-8.
enum class BadByte : std::uint8_t {
  replace,      ///< U+FFFD, one for each bad byte
  windows_1252  ///< what the byte is in windows-1252: for Latin bytes strewn into UTF-8
};

/// `text` as valid UTF-8. Surrogate pairs written as two three-byte forms (CESU-8) are joined,
/// lone ones become U+FFFD. Linear. Any thread: pure.
std::string repaired_utf8(std::string_view text, BadByte bad = BadByte::replace);

/// `text` cut to at most `limit` bytes, never inside a code point.
std::string_view cut_utf8(std::string_view text, std::size_t limit) noexcept;

/// The code point that windows-1252 has at `byte`, which is 0x80 to 0x9F in the interesting part.
/// HTML reads numeric references to that range this way too.
char32_t from_windows_1252(std::uint8_t byte) noexcept;

}  // namespace tocsin::text
