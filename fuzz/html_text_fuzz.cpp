// SPDX-License-Identifier: MIT
// Any bytes as HTML: the text and the sanitised markup are UTF-8, and no script gets through, also
// not one that only taking something out would make.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/html.hpp"
#include "text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const auto html = text::repaired_utf8({reinterpret_cast<const char*>(data), size});
  const auto plain = text::html_to_text(html);
  const auto safe = text::sanitize_html(html, "https://news.example/a/");
  if (!text::is_utf8(plain) || !text::is_utf8(safe) || !text::is_utf8(text::html_to_line(html)))
    std::abort();
  const auto twice = text::sanitize_html(safe, "https://news.example/a/");
  for (const auto* harm : {"<script", "<iframe", "<style", "<object"})
    if (safe.find(harm) != std::string::npos || twice.find(harm) != std::string::npos) std::abort();
  return 0;
}
