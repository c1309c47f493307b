// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::rules::detail {

/// What is wrong with a piece of a query, and what to write instead; `message` is empty when all is
/// well.
struct Slip {
  std::string message, hint;
};

/// The operator that `word` is in another query language, or in small letters: "AND" for `and` and
/// `&&`, "NEAR/5" for `near/5`, `NEAR5` and `~5`, "SENTENCE" for `w/s`. `otherwise` for any other
/// word. Any thread: pure.
std::string operator_meant(std::string_view word, std::string otherwise = {});

/// What a bare term would be misread as in silence: `-cycling` is not NOT, `Iran~2` is not fuzzy,
/// `[a` is no bracket, `a|b` no OR. Any thread: pure.
Slip slip_of_term(std::string_view term);

/// What a phrase may hold by mistake: operators, or the quote of another phrase, or a question mark
/// at its end. A warning, since all of them can be meant. Any thread: pure.
Slip slip_of_phrase(std::string_view phrase);

/// What an entry of a plain list may be meant for: a query. A warning. Any thread: pure.
Slip slip_of_entry(std::string_view entry);

/// The field that `name` is called here: "lang" for `language`, "title" for `Headline`; empty when
/// it is not known. Any thread: pure.
std::string_view field_meant(std::string_view name);

/// Why the value of a field beside the text can never be there: a page's address for `site`, a
/// language's name for `lang`. A warning. Any thread: pure.
Slip slip_of_value(std::string_view field, std::string_view value);

}  // namespace tocsin::rules::detail
