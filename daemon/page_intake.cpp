// SPDX-License-Identifier: MIT
#include "daemon/page_intake.hpp"

#include <utility>

#include "daemon/page_rule.hpp"
#include "parser/extract.hpp"

namespace tocsin::daemon {

PageIntake take_in_page(const PageInput& input) {
  PageIntake out;
  parser::Source source;
  source.url = input.page.final_url;
  source.content_type = input.page.content_type;
  auto article = parser::extract_article(input.page.body, source);
  if (article.text.empty() || words_in(article.text) <= words_of_text(input.item.item)) return out;
  auto item = input.item.item;
  if (item.summary.empty()) item.summary = std::move(item.content_text);
  item.content_text = std::move(article.text);
  if (item.language.empty()) item.language = std::move(article.language);
  rules::ItemContext context;
  context.feed = input.feed.name;
  context.labels = &input.feed.labels;
  context.now = input.now;
  out.matches = input.rules->match(item, context, thread_scratch());
  if (!out.matches.empty())
    out.found = describe(item, input.item.key, input.feed, input.item.found, out.matches);
  out.text = std::move(item.content_text);
  return out;
}

}  // namespace tocsin::daemon
