// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

/// Text for manual pages, in the man macros of roff. Any thread: pure.
namespace tocsin::roff {

/// `text` as running text: nothing in it is taken for a request or an escape, and a hyphen stays
/// one that can be copied into a shell.
std::string escape(std::string_view text);

/// The same for our Markdown: `code` between backticks becomes bold.
std::string from_markdown(std::string_view text);

/// `text` as it stands, line by line, in an unfilled block.
std::string verbatim(std::string_view text);

}  // namespace tocsin::roff
