// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rules/parse.hpp"
#include "rules/query.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {

/// A hit of the naive judge: field, first byte, last byte, and the leaf.
using NaiveHit = std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::string>;

/// Follows docs/rules.md word by word and makes every pair of everything: slow, and obviously
/// right. It shares with the engine the parser, the tokenizer, the stemmers, RE2 and the borders of
/// sentences, and nothing else. Of entities it knows those of kind `term`. Empty when the watch
/// does not hold.
std::optional<std::set<NaiveHit>> judge(const WatchSpec& watch, const Query& rule, const Item& item,
                                        const ItemContext& context);

/// Whether a field beside the text holds what `leaf` asks for.
bool naive_value(const Leaf& leaf, const Item& item, const ItemContext& context);

/// Whether words>400 and its like hold, where the item has `words` words.
bool naive_comparison(const Comparison& test, const Item& item, const ItemContext& context,
                      std::size_t words);

}  // namespace tocsin::rules
