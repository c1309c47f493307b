// SPDX-License-Identifier: MIT
#include "daemon/key_set.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

TEST(KeySet, HoldsWhatWasInserted) {
  KeySet keys(3);
  EXPECT_TRUE(keys.insert(7));
  EXPECT_FALSE(keys.insert(7));
  EXPECT_TRUE(keys.contains(7));
  EXPECT_FALSE(keys.contains(8));
}

TEST(KeySet, TellsKeysApartThatWantTheSamePlace) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i <= 100; ++i) all.push_back(i << 32U | 5U);
  const KeySet keys(all);
  for (const auto key : all) EXPECT_TRUE(keys.contains(key));
  EXPECT_FALSE(keys.contains(5));
  EXPECT_FALSE(keys.contains(std::uint64_t{101} << 32U | 5U));
}

TEST(KeySet, NeverHoldsZeroWhichIsNoKey) {
  EXPECT_FALSE(KeySet({0, 1}).contains(0));
  EXPECT_FALSE(KeySet(std::vector<std::uint64_t>{}).contains(0));
}

}  // namespace
}  // namespace tocsin::daemon
