// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules {

/// One piece of a query. Offsets are bytes of the query's text.
struct Lexeme {
  enum class Kind : std::uint8_t {
    term,        ///< a word as written, wildcards included
    phrase,      ///< the text between quotes
    regex,       ///< the text between slashes; `n` is 1 for /re/c
    open,        ///< (
    close,       ///< )
    comma,       ///< ,
    field,       ///< title:, label.KEY: without the colon
    function,    ///< CASE and its like, just before a bracket; `n` from ATLEAST/n
    entity,      ///< @name without the @
    comparison,  ///< words>400, blanks taken out
    and_,
    or_,
    not_,
    proximity,  ///< NEAR/n and its like; `text` is the name, `n` the number
    of,         ///< k OF; `n` is k
    end,
  } kind{};
  std::string text;
  std::uint32_t n = 0;
  bool has_n = false;
  std::uint32_t offset = 0, length = 0;
};

/// What is wrong with the bytes from `offset`.
struct LexError {
  std::uint32_t offset = 0, length = 1;
  std::string message, hint;
  bool fatal = false;  ///< the rest of the query was swallowed: nothing can be said of it
};

/// Takes a query into pieces; the last is `end`. Signs are read however they are typed: curly and
/// angle quotes, full-width brackets and colons, Arabic and Chinese commas; marks of writing
/// direction are worth nothing. Errors: unbalanced quotes or slashes, numbers that are none.
/// Reading goes on behind each that is not fatal. Any thread: pure.
std::vector<Lexeme> lex(std::string_view query, std::vector<LexError>& errors);

}  // namespace tocsin::rules
