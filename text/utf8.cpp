// SPDX-License-Identifier: MIT
#include "text/utf8.hpp"

#include <array>

#include <simdjson.h>

namespace tocsin::text {
namespace {

constexpr std::uint8_t byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint8_t>(text[at]);
}

constexpr bool is_tail(std::uint8_t byte) noexcept {
  return (byte & 0xC0U) == 0x80U;
}

// A surrogate in three bytes (ED A0..BF xx), which UTF-8 forbids and CESU-8 uses; 0 if none.
char32_t surrogate_at(std::string_view text, std::size_t at) noexcept {
  if (at + 3 > text.size() || byte_at(text, at) != 0xED) return 0;
  const auto second = byte_at(text, at + 1);
  const auto third = byte_at(text, at + 2);
  if (second < 0xA0 || !is_tail(second) || !is_tail(third)) return 0;
  return 0xD000U | ((second & 0x3FU) << 6U) | (third & 0x3FU);
}

// Reads one or two CESU-8 surrogates at `at`; returns how many bytes they took, 0 if none.
std::size_t append_cesu(std::string& out, std::string_view text, std::size_t at) {
  const auto high = surrogate_at(text, at);
  if (high == 0) return 0;
  const auto low = high < 0xDC00 ? surrogate_at(text, at + 3) : 0;
  if (low >= 0xDC00) {
    append_utf8(out, 0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00));
    return 6;
  }
  append_utf8(out, 0xFFFD);
  return 3;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
  const auto lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint8_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || at + length > text.size()) return {};
  char32_t value = lead & (0xFFU >> (length + 1U));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = byte_at(text, at + i);
    if (!is_tail(next)) return {};
    value = (value << 6U) | (next & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[length] || value > 0x10FFFF || surrogate) return {};
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t value) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

bool is_utf8(std::string_view text) noexcept {
  return text.empty() || simdjson::validate_utf8(text.data(), text.size());
}

std::string repaired_utf8(std::string_view text, BadByte bad) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const auto point = code_point_at(text, at);
    if (point.good) {
      out.append(text, at, point.length);
      at += point.length;
    } else if (const auto taken = append_cesu(out, text, at); taken > 0) {
      at += taken;
    } else {
      append_utf8(out, bad == BadByte::windows_1252 ? from_windows_1252(byte_at(text, at))
                                                    : char32_t{0xFFFD});
      ++at;
    }
  }
  return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t limit) noexcept {
  if (text.size() <= limit) return text;
  while (limit > 0 && is_tail(byte_at(text, limit))) --limit;
  return text.substr(0, limit);
}

char32_t from_windows_1252(std::uint8_t byte) noexcept {
  constexpr std::array<char16_t, 32> kHigh = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (byte < 0x80 || byte > 0x9F) return byte;
  return kHigh[byte - 0x80U];
}

}  // namespace tocsin::text
