// SPDX-License-Identifier: MIT
// Bytes → an event → JSON → an event → JSON: the two texts are equal, whatever the bytes were.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "notifier/event_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin::notifier;
  const auto first = event_from_json({reinterpret_cast<const char*>(data), size});  // NOLINT
  if (!first) return 0;
  const auto text = to_json(*first, "tocsin");
  const auto second = event_from_json(text);
  if (!second || to_json(*second, "tocsin") != text) std::abort();
  return 0;
}
