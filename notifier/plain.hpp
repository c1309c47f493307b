// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from feeds made fit for messages. Any thread: everything here is pure.
namespace tocsin::notifier {

/// `bytes` with each broken UTF-8 sequence, surrogate and NUL replaced by U+FFFD. Text that is
/// valid comes back as it was.
std::string valid_utf8(std::string_view bytes);

/// `text` as one line: valid UTF-8, controls and line separators turned into blanks, runs of blanks
/// into one, none at either end.
std::string one_line(std::string_view text);

/// How many characters (code points) valid UTF-8 `text` has.
std::size_t char_count(std::string_view text) noexcept;

/// `text` cut to at most `max_chars` characters, after a whole word where one ends in its last
/// third, with "…" as its last character. Text that is short enough comes back as it was.
std::string cut_at_word(std::string_view text, std::size_t max_chars);

/// Like `cut_at_word` with a limit in bytes, the mark's three bytes included.
std::string cut_at_word_bytes(std::string_view text, std::size_t max_bytes);

/// True for an absolute http or https URL without blanks, quotes, angle brackets and controls: what
/// a message may link to.
bool is_web_url(std::string_view url) noexcept;

/// `text` with everything but letters, digits, "-", "." , "_" and "~" as %XX: a value of a query,
/// or one segment of a path.
std::string percent_encode(std::string_view text);

}  // namespace tocsin::notifier
