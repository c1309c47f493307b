// SPDX-License-Identifier: MIT
#include "net/address_guard.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace tocsin::net {
namespace {

struct V4Range {
  std::uint32_t base;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

// The IANA special-purpose registry (RFC 6890 and its successors), and class E.
constexpr std::array kNotPublicV4 = {
    V4Range{v4(0, 0, 0, 0), 8},      V4Range{v4(10, 0, 0, 0), 8},
    V4Range{v4(100, 64, 0, 0), 10},  V4Range{v4(127, 0, 0, 0), 8},
    V4Range{v4(169, 254, 0, 0), 16}, V4Range{v4(172, 16, 0, 0), 12},
    V4Range{v4(192, 0, 0, 0), 24},   V4Range{v4(192, 0, 2, 0), 24},
    V4Range{v4(192, 88, 99, 0), 24}, V4Range{v4(192, 168, 0, 0), 16},
    V4Range{v4(198, 18, 0, 0), 15},  V4Range{v4(198, 51, 100, 0), 24},
    V4Range{v4(203, 0, 113, 0), 24}, V4Range{v4(224, 0, 0, 0), 4},
    V4Range{v4(240, 0, 0, 0), 4}};

using V6 = std::array<std::uint8_t, 16>;
struct V6Range {
  V6 base;
  int bits;
};

constexpr std::array kNotPublicV6 = {
    V6Range{{0x01}, 8},                     // 100::/8: discard-only and reserved
    V6Range{{0x20, 0x01, 0x00, 0x00}, 23},  // 2001::/23: Teredo, benchmarking, ORCHID
    V6Range{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    V6Range{{0x3f, 0xff}, 20},              // documentation
    V6Range{{0x5f, 0x00}, 16},              // segment routing
    V6Range{{0xfc}, 7},                     // unique local
    V6Range{{0xfe, 0x80}, 9},               // link-local and what was site-local
    V6Range{{0xff}, 8}};                    // multicast

bool public_v4(std::uint32_t address) {
  return std::none_of(kNotPublicV4.begin(), kNotPublicV4.end(), [=](const V4Range& range) {
    return ((address ^ range.base) >> (32 - range.bits)) == 0;
  });
}

bool within(const V6& address, const V6Range& range) {
  int left = range.bits;
  for (std::size_t i = 0; left > 0; ++i, left -= 8) {
    const auto mask = left >= 8 ? 0xFFU : (0xFF00U >> static_cast<unsigned>(left)) & 0xFFU;
    if (((address.at(i) ^ range.base.at(i)) & mask) != 0) return false;
  }
  return true;
}

std::uint32_t v4_at(const V6& address, std::size_t at) {
  return v4(address.at(at), address.at(at + 1), address.at(at + 2), address.at(at + 3));
}

bool public_v6(const V6& address) {
  static constexpr V6Range kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
  static constexpr V6Range kNat64{{0x00, 0x64, 0xff, 0x9b}, 96};
  static constexpr V6Range kLocalNat64{{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48};
  static constexpr V6Range k6to4{{0x20, 0x02}, 16};
  static constexpr V6Range kLowest{{}, 8};  // ::, ::1, IPv4-compatible and the rest of ::/8
  if (within(address, kMapped) || within(address, kNat64)) return public_v4(v4_at(address, 12));
  if (within(address, k6to4)) return public_v4(v4_at(address, 2));
  if (within(address, kLocalNat64) || within(address, kLowest)) return false;
  return std::none_of(kNotPublicV6.begin(), kNotPublicV6.end(),
                      [&](const V6Range& range) { return within(address, range); });
}

}  // namespace

bool is_public(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4_address{};
    std::memcpy(&v4_address, &address, sizeof v4_address);
    return public_v4(ntohl(v4_address.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 v6_address{};
  std::memcpy(&v6_address, &address, sizeof v6_address);
  V6 bytes{};
  std::memcpy(bytes.data(), &v6_address.sin6_addr, bytes.size());
  return public_v6(bytes);
}

bool is_public(const std::string& address) noexcept {
  in_addr v4_bits{};
  if (::inet_pton(AF_INET, address.c_str(), &v4_bits) == 1) return public_v4(ntohl(v4_bits.s_addr));
  V6 bytes{};
  const auto zone = address.find('%');  // "fe80::1%eth0"
  return ::inet_pton(AF_INET6, address.substr(0, zone).c_str(), bytes.data()) == 1 &&
         public_v6(bytes);
}

std::string to_string(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    sockaddr_in v4_address{};
    std::memcpy(&v4_address, &address, sizeof v4_address);
    ::inet_ntop(AF_INET, &v4_address.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6_address{};
    std::memcpy(&v6_address, &address, sizeof v6_address);
    ::inet_ntop(AF_INET6, &v6_address.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace tocsin::net
