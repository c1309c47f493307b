// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::rules::names {

/// Appends the symbols of one hangul syllable.
void hangul_symbols(char32_t syllable, std::string& out);

/// Appends the symbols of one pinyin syllable ("zhang"), heard as a foreign name's piece.
void pinyin_symbols(std::string_view syllable, std::string& out);

}  // namespace tocsin::rules::names
