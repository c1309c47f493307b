// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "parser/detail/article_body.hpp"

namespace tocsin::parser::detail {

/// An article's blocks as HTML: paragraphs, headings, lists, tables, quotations, and the markup
/// inside lines, without the page's own wrappers. Not yet sanitised. Any thread: pure.
std::string markup_of(const Page& page, const ArticleBody& body);

}  // namespace tocsin::parser::detail
