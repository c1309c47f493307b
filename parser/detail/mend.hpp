// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace tocsin::parser::detail {

/// Makes of `text`, which is UTF-8 and means to be XML, what pugixml reads as it was meant: control
/// characters are taken out, and outside of CDATA and comments references are resolved that no XML
/// knows: those of HTML, numbers that mean windows-1252 or half of a surrogate pair, and entities
/// that the document itself declares. Their replacements are bounded in all; nothing is fetched.
///
/// One pass; `text` is left alone where there is nothing to do. What was done is added to
/// `warnings`. Any thread: pure.
void mend(std::string& text, std::vector<std::string>& warnings);

}  // namespace tocsin::parser::detail
