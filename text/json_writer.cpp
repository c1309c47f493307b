// SPDX-License-Identifier: MIT
#include "text/json_writer.hpp"

#include <array>
#include <charconv>

#include "text/byte_block.hpp"

namespace tocsin::text {
namespace {

std::size_t next_escaped(std::string_view text, std::size_t at) {
  return find_flagged(text, at, [](const char* block) {
    const ByteBlock bytes(block);
    return bytes.up_to(0x1F) | bytes.is('"') | bytes.is('\\');
  });
}

}  // namespace

void JsonWriter::number(std::int64_t value) {
  separate();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void JsonWriter::quote(std::string_view text) {
  out_ += '"';
  std::size_t copied = 0;
  for (auto at = next_escaped(text, 0); at < text.size(); at = next_escaped(text, copied)) {
    out_.append(text, copied, at - copied);
    escape(text[at]);
    copied = at + 1;
  }
  out_.append(text, copied).append(1, '"');
}

void JsonWriter::escape(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"': out_ += "\\\""; return;
    case '\\': out_ += "\\\\"; return;
    case '\n': out_ += "\\n"; return;
    case '\r': out_ += "\\r"; return;
    case '\t': out_ += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out_.append("\\u00").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
}

}  // namespace tocsin::text
