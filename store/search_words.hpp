// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::store {

/// Plain words as people type them, as a query for `ArchiveQuery::words`: all must be there, in any
/// order; "two words" in double quotes are a phrase; a `*` at a word's end stands for any ending.
/// Case and accents do not count. Empty when there is nothing to look for. Any thread: pure.
std::string search_words(std::string_view text);

}  // namespace tocsin::store
