// SPDX-License-Identifier: MIT
#include "base/result.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(Result, HoldsAValueOrAnError) {
  const Result<int> good = 7;
  const Result<int> bad = Error{Errc::io, "disk full"};
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 7);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "disk full");
}

TEST(Result, MovesAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> held = std::make_unique<int>(3);
  const auto taken = *std::move(held);
  EXPECT_EQ(*taken, 3);
}

TEST(Result, GivesTheFallbackOnlyForAnError) {
  EXPECT_EQ(Result<int>(4).value_or(9), 4);
  EXPECT_EQ(Result<int>(Error{Errc::timeout, "slow"}).value_or(9), 9);
}

TEST(Error, PutsContextBeforeTheCause) {
  EXPECT_EQ(Error({Errc::io, "disk full"}).context("feed tass").message, "feed tass: disk full");
}

TEST(Error, IsRetryableOnlyWhereTimeAloneCanHelp) {
  EXPECT_TRUE(retryable(Errc::unavailable));
  EXPECT_TRUE(retryable(Errc::timeout));
  EXPECT_FALSE(retryable(Errc::malformed));
  EXPECT_FALSE(retryable(Errc::denied));
}

}  // namespace
}  // namespace tocsin
