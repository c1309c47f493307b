// SPDX-License-Identifier: MIT
// The streams of the conformance data through the program itself. The figures that must be reached
// stand in floors.txt and only get stricter.
#include <gtest/gtest.h>

#include "tests/support/scores.hpp"

namespace tocsin::stories {
namespace {

TEST(Conformance, GroupsStoriesAsWellAsBefore) {
  testing::expect_scores("dedup", "group {file}", "tests/stories/floors.txt");
}

}  // namespace
}  // namespace tocsin::stories
