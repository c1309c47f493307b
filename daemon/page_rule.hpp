// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/config.hpp"
#include "model/item.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::daemon {

/// Which new items have their linked page fetched.
struct PageRule {
  config::ArticleMode mode = config::ArticleMode::never;
  std::uint32_t min_words = 80;
};

/// Whether the page of `item` is to be fetched: where the feed's text has fewer than `min_words`
/// (`when_short`), or holds a word of some watch (`on_prefilter`: `RuleSet::mentions_any`), or
/// always. The title is no text. Any thread: pure.
bool wants_page(const PageRule& rule, const Item& item, const rules::RuleSet& rules,
                const rules::ItemContext& context);

/// How many words there are in `text`. Any thread: pure.
std::size_t words_in(std::string_view text);

/// The words of the text of `item`, beside its title. Any thread: pure.
std::size_t words_of_text(const Item& item);

}  // namespace tocsin::daemon
