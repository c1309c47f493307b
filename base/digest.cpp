// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tocsin {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int sextet(char c) {
  const auto at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

using Digest = std::array<std::uint8_t, 32>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

/// SHA-256 itself cannot fail, and OpenSSL always has it: what remains is memory.
void must(bool done) {
  if (!done) throw std::bad_alloc();
}

std::uint64_t first_eight(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = (value << 8U) | digest[i];
  return value;
}

}  // namespace

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
  // SHA256() makes a context at each call: for an item's key that costs more than the hashing.
  thread_local const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  // Looked up by name once: that takes longer than a short hash.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest out{};
  must(context != nullptr && EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1);
  must(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  must(EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1);
  return out;
}

std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<std::uint8_t, 32> out{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(bytes), bytes.size(),
       out.data(), &length);
  return out;
}

std::uint64_t stable_hash64(std::string_view bytes) {
  return first_eight(sha256(bytes));
}

std::string stable_id(std::string_view text, std::size_t bytes) {
  const auto digest = sha256(text);
  const auto n = std::min(bytes, digest.size());
  return hex_encode({reinterpret_cast<const char*>(digest.data()), n});
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const auto have = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j)
      group = (group << 8U) | (j < have ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += j <= have ? kAlphabet[(group >> (18U - 6U * j)) & 63U] : '=';
  }
  return out;
}

bool base64_decode(std::string_view text, std::string& out) {
  out.clear();
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '=') continue;
    const int value = sextet(c);
    if (value < 0) return false;
    group = (group << 6U) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((group >> bits) & 0xFFU);
  }
  return true;
}

std::string hex_encode(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

}  // namespace tocsin
