// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fetcher/websub.hpp"

// Whoever calls the callback address: no document without a signature, no lease beyond bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  using namespace std::chrono_literals;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Timestamp now{1'800'000'000s};
  fetcher::WebSub websub("https://desk.example/w", "0123456789abcdef");
  websub.announce("f", "https://hub.example/", "t");
  const auto request = websub.due(now).at(0).request;
  const auto from = request.body.find("w%2F") + 4;
  const auto path = "/w/" + request.body.substr(from, request.body.find('&', from) - from);
  websub.handle("GET", text, {}, "", now);
  const auto reply = websub.handle(
      "GET",
      path +
          "?hub.topic=t&hub.mode=subscribe&hub.challenge=c&hub.lease_seconds=" + std::string(text),
      {}, "", now);
  if (reply.status != 200) __builtin_trap();
  if (websub.is_pushed("f", now + 24h * 91) || !websub.is_pushed("f", now + 9min)) __builtin_trap();
  const net::Headers headers = {{"x-hub-signature", std::string(text)}};
  if (!websub.handle("POST", path, headers, text, now).document.empty()) __builtin_trap();
  return 0;
}
