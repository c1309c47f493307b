// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/config.hpp"

// A configuration of any bytes: every place that is named lies in the file, every message is one
// line, and rendering it never fails. Nothing that a file names is read: feeds are not needed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find("include") != std::string_view::npos || text.find("opml") != std::string_view::npos)
    return 0;
  const auto loaded = tocsin::config::parse(text, "fuzz.yaml", {.need_feeds = false});
  for (const auto& found : loaded.diagnostics) {
    if (found.message.empty() || found.message.find('\n') != std::string::npos) std::abort();
    if (found.line > 0 && found.column == 0) std::abort();
    const auto shown = tocsin::config::render(found);
    if (shown.find('\x1b') != std::string::npos) std::abort();
  }
  if (loaded.ok() && loaded.config.delivery.receivers.empty()) std::abort();
  return 0;
}
