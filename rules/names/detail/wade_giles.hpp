// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::rules::names {

/// The folded pinyin word `word` as Wade and Giles spelled it, without apostrophes: "zedong",
/// "tsetung". Empty when `word` is no pinyin, or is spelled alike. Any thread: pure.
std::string wade_giles(std::string_view word);

}  // namespace tocsin::rules::names
