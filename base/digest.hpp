// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin {

/// SHA-256 (FIPS 180-4) of `bytes`. Any thread: pure.
std::array<std::uint8_t, 32> sha256(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104) of `bytes` under `key`. Any thread: pure.
std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view bytes);

/// The first 8 bytes of SHA-256 as a number: a stable 64-bit name that survives restarts and is
/// the same on every machine. Any thread: pure.
std::uint64_t stable_hash64(std::string_view bytes);

/// The first `bytes` (at most 32) bytes of SHA-256 of `text`, in lower-case hexadecimal: how ids
/// are derived from content, never from counters.
std::string stable_id(std::string_view text, std::size_t bytes = 16);

/// RFC 4648 base64 with padding, on one line. Any thread: pure.
std::string base64_encode(std::string_view bytes);

/// Reads base64 with or without padding; blanks and line ends are skipped. Returns false on any
/// other character; `out` is then unspecified.
bool base64_decode(std::string_view text, std::string& out);

/// Lower-case hexadecimal.
std::string hex_encode(std::string_view bytes);

/// True when both are equal; takes the same time wherever they differ. For secrets.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace tocsin
