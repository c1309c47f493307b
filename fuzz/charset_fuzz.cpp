// SPDX-License-Identifier: MIT
// Any bytes under any label: always UTF-8 in the end, and always a name for what they were.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parser/decode.hpp"
#include "text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  const auto label = input.substr(0, line);
  const auto bytes = line == std::string_view::npos ? std::string_view{} : input.substr(line + 1);
  const auto decoded = parser::decode(bytes, label);
  if (!text::is_utf8(decoded.text) || decoded.encoding.empty()) std::abort();
  return 0;
}
