// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::text {

/// The UTF-8 text of the HTML entity `name` ("eacute", without & and ;); empty when HTML has none
/// of that name. Names keep their case. Any thread: immutable after first use.
std::string_view entity_text(std::string_view name);

/// A character reference that was read.
struct Reference {
  std::size_t length = 0;  ///< bytes from the & on; 0: none starts there
  bool known = false;      ///< false: it has the form of one, but means nothing
};

/// Where a reference stands decides how lax its end is.
enum class ReferenceIn : std::uint8_t {
  text,      ///< "&copy" without a semicolon counts
  attribute  ///< it must end in ";" (so that "?a=1&copy=2" stays)
};

/// Reads the character reference at `text[at]`, which is '&', and appends what it stands for.
/// Numbers follow HTML: 0x80 to 0x9F mean windows-1252, control characters give nothing, two
/// references to surrogates are joined. Nothing is appended when `known` is false.
/// Any thread: pure.
Reference append_reference(std::string& out, std::string_view text, std::size_t at,
                           ReferenceIn place = ReferenceIn::text);

/// `text` with every reference resolved, once.
std::string resolve_references(std::string_view text, ReferenceIn place = ReferenceIn::text);

}  // namespace tocsin::text
