// SPDX-License-Identifier: MIT
#include "base/spelling.hpp"

#include <array>

#include <gtest/gtest.h>

namespace tocsin {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"feeds", "watches", "receivers", "route"};

TEST(Closest, FindsASwapAMissingAndAnExtraLetter) {
  EXPECT_EQ(closest("fedes", kNames), "feeds");
  EXPECT_EQ(closest("wathes", kNames), "watches");
  EXPECT_EQ(closest("recievers", kNames), "receivers");
  EXPECT_EQ(closest("routee", kNames), "route");
}

TEST(Closest, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(closest("storage", kNames), "");
  EXPECT_EQ(closest("", kNames), "");
}

}  // namespace
}  // namespace tocsin
