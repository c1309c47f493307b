// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/query.hpp"

namespace tocsin::rules {

/// The words of a term or a phrase, through the tokenizer that reads articles; `*` and `?` stay in
/// their words as wildcards. Any thread: pure.
std::vector<Word> read_words(std::string_view text);

/// True when `text`, whole, is what `pattern` describes: `*` is any number of characters, `?` is
/// one. Both are UTF-8. Quadratic at worst, in the length of one word. Any thread: pure.
bool glob(std::string_view pattern, std::string_view text) noexcept;

/// `pattern` up to its first wildcard, and behind its last one.
std::string_view literal_head(std::string_view pattern) noexcept;
std::string_view literal_tail(std::string_view pattern) noexcept;

/// `raw` (one word as written) without what `forms` does not keep: with kKeepCase marks go and
/// capitals stay, with kKeepMarks the reverse, with both only Unicode's two ways to write one
/// letter are made one. Two spellings are the same under `forms` when their shapes are.
std::string shape(std::string_view raw, Forms forms);

/// True when the capitals of `raw` are as kAllCaps or kNoCaps want them; letters without case fit.
bool fits_capitals(std::string_view raw, Forms forms) noexcept;

}  // namespace tocsin::rules
