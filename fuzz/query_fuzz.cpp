// SPDX-License-Identifier: MIT
// Any bytes as a query: findings, or a set that survives being matched.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/rules/support.hpp"

using namespace tocsin::rules;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  (void)found(query, article("Astana peace talks", "Iran, Russia and Turkey. @x words 习近平"));
  return 0;
}
