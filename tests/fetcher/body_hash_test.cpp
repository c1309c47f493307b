// SPDX-License-Identifier: MIT
#include "fetcher/body_hash.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

TEST(BodyHash, IsTheSameInEveryRun) {
  EXPECT_EQ(body_hash(""), 13433870209882615705ULL);
  EXPECT_EQ(body_hash("<rss/>"), 9644916245003451505ULL);
  EXPECT_EQ(body_hash(std::string(100, 'a')), 8606624763773908216ULL);
}

TEST(BodyHash, TellsBodiesOfEveryLengthApart) {
  std::set<std::uint64_t> hashes;
  for (std::size_t length = 0; length < 300; ++length) {
    hashes.insert(body_hash(std::string(length, '\0')));
    hashes.insert(body_hash(std::string(length, 'a')));
  }
  EXPECT_EQ(hashes.size(), 2 * 300 - 1);  // an empty body is an empty body
}

TEST(BodyHash, ChangesWithEachBit) {
  const std::string body(200, 'a');
  std::set<std::uint64_t> hashes{body_hash(body)};
  for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
    auto other = body;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
    hashes.insert(body_hash(other));
  }
  EXPECT_EQ(hashes.size(), 200 * 8 + 1);
}

TEST(BodyHash, ChangesWhereWordsChangePlaces) {
  const std::string one(8, '1'), two(8, '2'), gap(112, '-');
  EXPECT_NE(body_hash(one + two + gap), body_hash(two + one + gap));
  EXPECT_NE(body_hash(one + gap + two + gap), body_hash(two + gap + one + gap));
}

}  // namespace
}  // namespace tocsin::fetcher
