// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::text::detail {

/// What stands between two pieces of text. A later one is stronger and wins.
enum class Gap : std::uint8_t { none, blank, line, paragraph };

/// What we know of an element that HTML has or had.
struct HtmlElement {
  enum class Kept : std::uint8_t {
    tags,     ///< harmless: tags and content stay
    content,  ///< the tags go, their content stays
    nothing,  ///< its content is no HTML and never text to read
  };
  std::string_view name;
  Kept kept = Kept::content;
  bool is_void = false;  ///< it has no content and no end tag
  Gap gap = Gap::none;   ///< that it makes in the text, before and behind
};

/// The element called `name` (in lower case); null when HTML has none of that name.
/// Any thread: immutable.
const HtmlElement* find_element(std::string_view name) noexcept;

/// Its name as a view that lasts; empty when HTML has none of that name.
inline std::string_view known_element(std::string_view name) noexcept {
  const auto* element = find_element(name);
  return element == nullptr ? std::string_view{} : element->name;
}

}  // namespace tocsin::text::detail
