// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "parser/detail/page.hpp"

namespace tocsin::parser::detail {

/// What is known before an article's blocks are gone through.
struct TrimInput {
  NodeId scope = 0;                   ///< the element that holds the article
  bool declared = false;              ///< it says so itself, so its short lines are trusted more
  const std::vector<bool>& left_out;  ///< nodes that are something else
  std::string_view title;             ///< of the article
  std::string_view host;              ///< of the page; empty when unknown
};

/// The blocks of an article without what stands among them: lists of links and links to other
/// articles, captions, the title again, the lines before and after the text, and set phrases.
std::vector<Block> trimmed_blocks(const Page& page, const TrimInput& input);

/// True for a line that sites put into articles and that tells nothing: "Advertisement",
/// "Follow us on ...", "Read more: ...", in some languages.
bool is_set_phrase(std::string_view line);

}  // namespace tocsin::parser::detail
