// SPDX-License-Identifier: MIT
#include "net/address_guard.hpp"

#include <string>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace tocsin::net {
namespace {

TEST(AddressGuard, RefusesEveryRangeThatIsNotPublic) {
  for (const auto* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.0.9",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.1",
                              "198.51.100.7",
                              "203.0.113.7",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::7f00:1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::7f00:1",
                              "64:ff9b:1::1",
                              "2002:7f00:1::",
                              "2002:c0a8:101::1",
                              "2001::1",
                              "2001:db8::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "fe80::1",
                              "fe80::1%eth0",
                              "fec0::1",
                              "ff02::1",
                              "100::1"})
    EXPECT_FALSE(is_public(std::string(address))) << address;
}

TEST(AddressGuard, LetsPublicAddressesPass) {
  for (const auto* address :
       {"1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "192.169.0.1", "198.20.0.1",
        "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
        "64:ff9b::808:808", "2002:808:808::1"})
    EXPECT_TRUE(is_public(std::string(address))) << address;
}

TEST(AddressGuard, RefusesWhatIsNoAddress) {
  for (const auto* text : {"", "localhost", "127.0.0.1.", "0x7f.1", "1.2.3"})
    EXPECT_FALSE(is_public(std::string(text))) << text;
}

TEST(AddressGuard, DecidesOnSocketAddresses) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(address)));
  EXPECT_EQ(to_string(reinterpret_cast<const sockaddr&>(address)), "127.0.0.1");
  ::inet_pton(AF_INET, "9.9.9.9", &address.sin_addr);
  EXPECT_TRUE(is_public(reinterpret_cast<const sockaddr&>(address)));
  address.sin_family = AF_UNIX;
  EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(address)));
}

}  // namespace
}  // namespace tocsin::net
