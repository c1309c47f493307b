// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fetcher/discovery.hpp"

// Whatever a page holds, only addresses on the web are offered, and not many.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  const auto found = fetcher::discover_feeds(page, "https://news.example/a/b");
  if (found.size() > 50) __builtin_trap();
  for (const auto& feed : found)
    if (!feed.url.starts_with("http")) __builtin_trap();
  return 0;
}
