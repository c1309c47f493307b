// SPDX-License-Identifier: MIT
// The article pages of the conformance data through the program itself. The figures that must be
// reached stand in extract_floors.txt and only get stricter.
#include <gtest/gtest.h>

#include "tests/support/scores.hpp"

namespace tocsin::parser {
namespace {

TEST(Conformance, ExtractsArticlesAsWellAsBefore) {
  testing::expect_scores("extract", "extract --url {url} {file}",
                         "tests/parser/extract_floors.txt");
}

}  // namespace
}  // namespace tocsin::parser
