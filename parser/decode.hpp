// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::parser {

/// A document as UTF-8, and how it was read.
struct Decoded {
  std::string text;      ///< valid UTF-8 without byte order mark
  std::string encoding;  ///< "utf-8", "windows-1252", ... in lower case
  std::string warning;   ///< what did not fit; empty when all did
};

/// Reads `bytes` as text: by byte order mark; else as UTF-8 when they are valid beyond ASCII,
/// whatever a label says; else by the charset of `content_type`; else by the XML declaration; else
/// as UTF-8 with U+FFFD for bad bytes (RFC 7303; legacy labels mean their supersets, as browsers
/// read them). Never fails. Linear. Any thread: pure.
Decoded decode(std::string_view bytes, std::string_view content_type);

}  // namespace tocsin::parser
