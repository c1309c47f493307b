// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "text/html_tree.hpp"

namespace tocsin::parser::detail {

/// What an element says of itself by its name, class, id, role and microdata.
enum class Hint : std::uint8_t {
  none,
  body,      ///< the text of an article
  article,   ///< the whole of an article with its head
  comments,  ///< what readers wrote
  noise,     ///< navigation, advertising, teasers, sharing, newsletters, ...
  caption,   ///< captions and credits of pictures
  byline,    ///< who wrote it and when
  figure,    ///< a picture with what belongs to it
  hidden,    ///< not shown when the page opens
  unseen,    ///< scripts, frames, controls
};

/// Any thread: pure. The words are those that publishers' templates share; no site is named.
Hint hint_of(const text::HtmlTree& tree, text::HtmlTree::Id element);

}  // namespace tocsin::parser::detail
