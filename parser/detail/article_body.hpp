// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/detail/page.hpp"

namespace tocsin::parser::detail {

/// The article of a page: the element that holds it and the blocks of it that are its text.
struct ArticleBody {
  NodeId scope = 0;
  bool declared = false;      ///< the element says that it is the body of an article
  std::vector<Block> blocks;  ///< in document order; empty when the page has no running text
};

/// Finds the article of a page. `title` is not repeated in the body; `host` is the page's own, to
/// tell links to other articles from links out. Any thread: pure; linear.
ArticleBody find_body(const Page& page, std::string_view title, std::string_view host);

/// The text of a block, white space collapsed; a `<br>` is a line feed.
std::string block_text(const Page& page, const Block& block);

}  // namespace tocsin::parser::detail
