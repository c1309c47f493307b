// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::parser::detail {

/// What schema.org data in a page says of its article; plain text as written, empty when unsaid.
struct LinkedArticle {
  std::string headline, body, published, language;
  std::vector<std::string> authors;

  [[nodiscard]] bool empty() const noexcept {
    return headline.empty() && body.empty() && published.empty() && authors.empty();
  }
};

/// Reads one JSON-LD script into `out`, where it describes an article and `out` has no article
/// yet. Broken JSON is passed over. Any thread: pure; linear.
void read_linked_data(std::string_view script, LinkedArticle& out);

}  // namespace tocsin::parser::detail
