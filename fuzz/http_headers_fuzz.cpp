// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fetcher/timing.hpp"
#include "net/address_guard.hpp"

// Whatever a server writes into its headers, waits are within bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const std::string value(reinterpret_cast<const char*>(data), size);
  const Timestamp now{std::chrono::milliseconds{1'800'000'000'000}};
  const net::Headers headers = {
      {"retry-after", value}, {"cache-control", value}, {"expires", value}};
  const auto wish = fetcher::retry_after(headers, now);
  if (wish && (wish->count() < 0 || *wish > fetcher::kLongestWish)) __builtin_trap();
  const auto fresh = fetcher::freshness(headers, now);
  if (fresh.count() < 0 || fresh > fetcher::kLongestWish) __builtin_trap();
  static_cast<void>(net::is_public(value));
  return 0;
}
