// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::text {

/// What lies between two words.
enum class Border : std::uint8_t { none, sentence, paragraph };

/// Whether a sentence or a paragraph ends between two neighbouring words of one text: `before` and
/// `after` are the words as written, `gap` is what stands between them.
///
/// A paragraph ends at a blank line and before a list item. A sentence ends there, at ! ? … and
/// their like in other scripts, and at a full stop, unless the word before it is an abbreviation
/// (Mr., Gen., U.S., a single initial) or the word after it begins with a small letter.
/// Any thread: pure.
Border border(std::string_view before, std::string_view gap, std::string_view after) noexcept;

}  // namespace tocsin::text
