// SPDX-License-Identifier: MIT
#include "daemon/page_rule.hpp"

#include <vector>

#include "daemon/describe.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::daemon {

std::size_t words_in(std::string_view text) {
  std::vector<text::Token> words;
  text::tokenize(text, words);
  return words.size();
}

std::size_t words_of_text(const Item& item) {
  const auto text = rules::plain_text(item);
  return words_in(text.summary) + words_in(text.body);
}

bool wants_page(const PageRule& rule, const Item& item, const rules::RuleSet& rules,
                const rules::ItemContext& context) {
  switch (rule.mode) {
    case config::ArticleMode::never: return false;
    case config::ArticleMode::when_short: return words_of_text(item) < rule.min_words;
    case config::ArticleMode::on_prefilter:
      return rules.mentions_any(item, context, thread_scratch());
    case config::ArticleMode::always: return true;
  }
  return false;
}

}  // namespace tocsin::daemon
