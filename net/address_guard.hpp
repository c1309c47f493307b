// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <sys/socket.h>

namespace tocsin::net {

/// True when `address` (AF_INET or AF_INET6) lies on the public Internet: what a feed may make the
/// daemon connect to. The decision is on the address that is being connected to, never on text, so
/// that odd spellings and names that change their address do not help an attacker.
///
/// Not public are: loopback, private (RFC 1918, RFC 4193), link-local, shared (RFC 6598),
/// documentation, benchmarking, multicast, broadcast and reserved ranges, "this network", and the
/// IPv6 forms that carry such an IPv4 address (mapped, NAT64, 6to4, Teredo is refused as a whole).
/// Any other family is not public. Any thread: pure.
bool is_public(const sockaddr& address) noexcept;

/// The same for a textual address as getnameinfo() prints it; false for anything else.
bool is_public(const std::string& address) noexcept;

/// The address without port: "192.0.2.1", "2001:db8::1".
std::string to_string(const sockaddr& address);

}  // namespace tocsin::net
