// SPDX-License-Identifier: MIT
// Any bytes as an article page: all that comes out is UTF-8, the markup is harmless, and the tree's
// ranges lie within each other.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parser/extract.hpp"
#include "text/html_tree.hpp"
#include "text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto article = parser::extract_article(bytes, {"https://news.example/a/", ""});
  for (const auto* field : {&article.title, &article.byline, &article.text, &article.html})
    if (!text::is_utf8(*field)) std::abort();
  for (const auto* harm : {"<script", "<iframe", "<style", "<object"})
    if (article.html.find(harm) != std::string::npos) std::abort();
  const auto tree = text::HtmlTree::parse(bytes);
  const auto& nodes = tree.nodes();
  for (text::HtmlTree::Id id = 1; id < nodes.size(); ++id)
    if (nodes[id].parent >= id || nodes[id].end > nodes[nodes[id].parent].end) std::abort();
  return 0;
}
