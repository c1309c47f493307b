// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rules/query.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {

/// A hit of the naive judge: field, first byte, last byte, and the leaf.
using NaiveHit = std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::string>;

/// Follows rules.md word by word and makes every pair of everything: slow, and obviously right. It
/// shares with the engine the parser, the tokenizer and the borders of sentences, and nothing else.
/// Empty when the rule does not hold.
std::optional<std::set<NaiveHit>> judge(const Node& rule, const Item& item);

}  // namespace tocsin::rules
